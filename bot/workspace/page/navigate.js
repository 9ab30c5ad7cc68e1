// Going somewhere: a channel, a person, a thread, a tab. The place stands in
// the address (#C1, #C1/1700000000.000100, #D1/home), so a reload and the back
// button work, and two windows can be in two places.
import { send } from './socket.js';
import { emit, isAppChannel, state } from './state.js';

function write() {
  const rest = state.thread ? `/${state.thread}` : state.tab === 'home' ? '/home' : '';
  const hash = state.channel ? `#${state.channel}${rest}` : '';
  if (location.hash !== hash) history.pushState(null, '', `${location.pathname}${location.search}${hash}`);
}

export function readPlace() {
  const [channel, rest] = decodeURIComponent(location.hash.slice(1)).split('/');
  return { channel: channel || null, thread: rest && rest !== 'home' ? rest : null, tab: rest === 'home' ? 'home' : 'messages' };
}

export function openChannel(id, { thread = null, tab, focus = true, record = true } = {}) {
  const channel = state.channels.get(id);
  if (!channel) {
    emit('open', { focus });
    return;
  }
  const moved = state.channel !== id;
  state.channel = id;
  state.thread = thread;
  state.tab = isAppChannel(channel) ? tab || (moved ? 'messages' : state.tab) : 'messages';
  channel.unread = 0;
  send({ type: 'open', channel: id, tab: state.tab });
  if (thread) send({ type: 'thread', channel: id, thread_ts: thread });
  if (state.tab === 'home') send({ type: 'home' });
  if (record) write();
  try {
    sessionStorage.setItem(`channel-${state.me}`, id);
  } catch {
    // Without storage one starts in the first channel.
  }
  emit('open', { focus });
  emit('thread');
}

let wantedPerson = null;

// A direct message that does not exist yet is made by the server, which then
// sends the channels anew.
export function openPerson(id) {
  const known = [...state.channels.values()].find((c) => c.kind === 'im' && c.with === id);
  if (known) openChannel(known.id);
  else {
    wantedPerson = id;
    send({ type: 'dm', user: id });
  }
}

export function arrived() {
  const channel = wantedPerson && [...state.channels.values()].find((c) => c.kind === 'im' && c.with === wantedPerson);
  if (!channel) return;
  wantedPerson = null;
  openChannel(channel.id);
}

export function openThread(ts) {
  state.thread = ts;
  send({ type: 'thread', channel: state.channel, thread_ts: ts });
  write();
  emit('thread', { focus: true });
}

export function closeThread() {
  const was = state.thread;
  state.thread = null;
  write();
  emit('thread', { closed: was });
}

export function openTab(tab) {
  state.tab = tab;
  send(tab === 'home' ? { type: 'home' } : { type: 'open', channel: state.channel, tab });
  write();
  emit('tab');
}

// Another person means another address: everything on the page belongs to one.
export function becomeUser(id) {
  location.assign(`${location.pathname}?user=${encodeURIComponent(id)}`);
}

export const userAddress = (id) => `${location.pathname}?user=${encodeURIComponent(id)}`;
