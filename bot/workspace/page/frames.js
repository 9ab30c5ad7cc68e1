// What each frame of the server changes in the page's state.
import { setClock } from './dates.js';
import { arrived, openThread } from './navigate.js';
import { plainText } from './message.js';
import { failInModal } from './modal.js';
import { send } from './socket.js';
import { addOlder, dropMessage, emit, isReply, on, putMessage, replaceHistory, state } from './state.js';
import { localLine } from './composer.js';
import { toast } from './toast.js';

const byId = (list) => new Map((list || []).map((one) => [one.id, one]));

export function takeHello(hello) {
  state.me = hello.me;
  state.team = hello.team || state.team;
  state.app = hello.app?.user ? hello.app : null;
  state.users = byId(hello.users);
  state.channels = byId(hello.channels);
  state.commands = [...(hello.commands || [])].sort((a, b) => a.name.localeCompare(b.name));
  state.shortcuts = hello.shortcuts || [];
  state.faults = hello.faults || {};
  setClock(hello.now_ms);
}

export function listenToFrames() {
  on('frame:history', ({ channel, thread_ts: thread, before, messages, more }) => {
    if (before) {
      addOlder(channel, messages || [], more);
      emit('messages', { channel, older: true });
      return;
    }
    replaceHistory(channel, thread, messages || [], more);
    if (!thread) state.loaded.add(channel);
    emit('messages', { channel, thread: thread || undefined });
  });
  on('frame:message', ({ channel, message }) => arrival(channel, message));
  on('frame:message_changed', ({ channel, message }) => {
    putMessage(channel, message);
    emit('messages', { channel, thread: isReply(message) ? message.thread_ts : undefined });
  });
  on('frame:message_deleted', ({ channel, ts }) => {
    dropMessage(channel, ts);
    emit('messages', { channel });
  });
  on('frame:users', ({ users }) => { for (const user of users || []) state.users.set(user.id, user); emit('users'); });
  on('frame:channels', ({ channels }) => {
    state.channels = byId(channels);
    const open = state.channels.get(state.channel);
    if (open) open.unread = 0;
    emit('channels');
    arrived();
  });
  on('frame:clock', ({ now_ms: nowMs }) => setClock(nowMs));
  on('frame:faults', ({ faults }) => { state.faults = faults || {}; emit('faults'); });
  on('frame:home', ({ view }) => { state.home = view || null; emit('home'); });
  on('frame:modals', ({ stack }) => { state.modals = stack || []; emit('modals'); });
  on('frame:status', ({ channel, thread_ts: thread, status }) => { state.status.set(`${channel}/${thread || ''}`, status); emit('status'); });
  on('frame:prompts', () => emit('status'));
  on('frame:talk', ({ channel, thread_ts: thread }) => { if (channel === state.channel) openThread(thread); });
  on('frame:error', ({ text }) => {
    // Where the person is looking: in the modal, on the Home tab, or as a line
    // in the conversation.
    if (failInModal(text)) return;
    if (!state.channel || state.tab === 'home') toast(text, 'bad');
    else localLine(state.channel, text);
  });
}

function arrival(channel, message) {
  const thread = isReply(message) ? message.thread_ts : undefined;
  putMessage(channel, message);
  const here = channel === state.channel;
  const mine = message.user === state.me || message.ephemeral;
  if (here) markRead(channel);
  else if (!mine && !thread) countUnread(channel);
  emit('messages', { channel, thread, fresh: message.ts, mine });
  if (here && message.user !== state.me) emit('spoken', plainText(message));
}

let reading = null;

// Tells the server that what came in was seen; a burst of messages once.
function markRead(channel) {
  clearTimeout(reading);
  reading = setTimeout(() => {
    if (state.channel === channel && document.visibilityState === 'visible') send({ type: 'open', channel, tab: state.tab });
  }, 700);
}

// A window that was in the background sees its messages when it comes back.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && state.channel) markRead(state.channel);
});

function countUnread(channel) {
  const known = state.channels.get(channel);
  if (!known) return;
  known.unread = (known.unread || 0) + 1;
  emit('channels');
}
