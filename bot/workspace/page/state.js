// What the page knows, as the server last told it, and who wants to hear of a
// change. The server owns the truth: nothing here is changed in advance of it,
// except lines that only this window shows.
export const state = {
  me: null,
  team: { id: '', name: '' },
  app: null,
  users: new Map(),
  channels: new Map(),
  commands: [],
  shortcuts: [],
  messages: new Map(),   // channel -> Map(ts -> message), thread answers apart
  threads: new Map(),    // channel/thread_ts -> Map(ts -> message)
  loaded: new Set(),
  more: new Map(),
  status: new Map(),
  channel: null,
  thread: null,
  tab: 'messages',
  home: undefined,       // undefined: not asked yet; null: the app has none
  modals: [],
  faults: {},
  connected: false,
};

// Messages the person put away in this window; the server still has them.
const hidden = new Set();

const listeners = new Map();

export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
  return () => listeners.get(topic).delete(listener);
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) || []) {
    try {
      listener(detail);
    } catch (error) {
      // One broken view must not silence the others.
      console.error(topic, error);
    }
  }
}

export const user = (id) => state.users.get(id);
export const myself = () => state.users.get(state.me);
export const current = () => state.channels.get(state.channel);

export function userName(id) {
  const found = user(id);
  return found ? displayName(found) : id || '?';
}

export const displayName = (person) => person.display_name || person.real_name || person.name || person.id;

export function channelName(channel) {
  if (!channel) return '';
  if (channel.kind === 'im') return userName(channel.with);
  if (channel.kind === 'mpim') {
    return (channel.members || []).filter((id) => id !== state.me).map(userName).join(', ');
  }
  return channel.name;
}

// The name as it is addressed: "#algemeen" or "Klantbot".
export function addressName(channel) {
  if (!channel) return '';
  return channel.kind === 'im' || channel.kind === 'mpim' ? channelName(channel) : `#${channel.name}`;
}

export const isAppChannel = (channel) => Boolean(channel && state.app && channel.kind === 'im' && channel.with === state.app.user);

// One word for what a person may do here, as a key of words.js.
export function role(person) {
  if (person.deleted) return 'role.deleted';
  if (person.is_bot) return 'role.bot';
  if (person.is_stranger || (person.team_id && state.team.id && person.team_id !== state.team.id)) return 'role.external';
  if (person.is_restricted || person.is_ultra_restricted) return 'role.guest';
  return person.is_admin ? 'role.admin' : 'role.member';
}

export const threadKey = (channel, ts) => `${channel}/${ts}`;
export const isReply = (message) => Boolean(message.thread_ts && message.thread_ts !== message.ts);

function bucket(map, key) {
  if (!map.has(key)) map.set(key, new Map());
  return map.get(key);
}

// Where a message belongs: the channel, its thread, or (the root of an open
// thread) both.
function placesOf(channel, message) {
  const places = [];
  if (!isReply(message) || message.subtype === 'thread_broadcast') places.push(bucket(state.messages, channel));
  const root = message.thread_ts || message.ts;
  if (isReply(message) || state.threads.has(threadKey(channel, root))) places.push(bucket(state.threads, threadKey(channel, root)));
  return places;
}

export function hideMessage(channel, ts) {
  hidden.add(threadKey(channel, ts));
  dropMessage(channel, ts);
}

export function putMessage(channel, message) {
  if (hidden.has(threadKey(channel, message.ts))) return;
  for (const place of placesOf(channel, message)) place.set(message.ts, message);
}

export function dropMessage(channel, ts) {
  state.messages.get(channel)?.delete(ts);
  for (const [key, place] of state.threads) if (key.startsWith(`${channel}/`)) place.delete(ts);
}

// The newest messages of a channel, or a whole thread, as the server has them
// now. Older pages that were loaded before stay, unless messages in between
// were missed; `more` says whether the server has older ones than the first.
export function replaceHistory(channel, threadTs, messages, more) {
  const [map, key] = threadTs ? [state.threads, threadKey(channel, threadTs)] : [state.messages, channel];
  const known = map.get(key) || new Map();
  const first = messages[0]?.ts;
  const older = !threadTs && more && known.has(first) ? [...known].filter(([ts]) => ts < first) : [];
  // A message that did not change stays the same object, and so keeps its node,
  // its focus and what was filled in.
  const same = (message) => JSON.stringify(known.get(message.ts)) === JSON.stringify(message);
  const place = new Map(messages.filter(({ ts }) => !hidden.has(threadKey(channel, ts))).map((message) => [message.ts, same(message) ? known.get(message.ts) : message]));
  for (const [ts, message] of known) if (message.local) place.set(ts, message);
  for (const [ts, message] of older) place.set(ts, message);
  map.set(key, place);
  if (!threadTs && older.length === 0) state.more.set(channel, Boolean(more));
}

// A page of messages from before the oldest one known.
export function addOlder(channel, messages, more) {
  for (const message of messages) if (!state.messages.get(channel)?.has(message.ts)) putMessage(channel, message);
  state.more.set(channel, Boolean(more));
}

export const inOrder = (place) => [...(place || new Map()).values()].sort((a, b) => (a.ts < b.ts ? -1 : 1));
