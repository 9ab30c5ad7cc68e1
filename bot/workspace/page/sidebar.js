// The left side: channels, direct messages, apps, with what is unread.
import { avatar } from './avatar.js';
import { h, rove } from './dom.js';
import { icon } from './icons.js';
import { plural, t } from './i18n.js';
import { channelName, isAppChannel, on, role, state, user } from './state.js';
import { openChannel, openPerson } from './navigate.js';

let root = null;
let shut = null;

// close(): shuts the drawer that the sidebar is on a phone.
export function sidebar(close) {
  shut = close;
  root = h('nav', { class: 'sidebar', id: 'sidebar', 'aria-label': t('side.label') });
  root.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -999, End: 999 }[event.key];
    const rows = [...root.querySelectorAll('.side-row')];
    if (!step || !rows.includes(document.activeElement)) return;
    event.preventDefault();
    rove(rows, document.activeElement, step);
  });
  for (const topic of ['channels', 'users', 'open']) on(topic, draw);
  draw();
  return root;
}

function row({ channel, person, mark, name, note, app }) {
  const active = channel && channel.id === state.channel;
  const unread = active ? 0 : channel?.unread || 0;
  const node = h('button', {
    type: 'button', class: `side-row${active ? ' active' : ''}${unread ? ' unread' : ''}${channel?.is_archived ? ' archived' : ''}`,
    'aria-current': active ? 'page' : undefined, data: { channel: channel?.id, user: person?.id, testid: 'channel' },
    onclick: () => (channel ? openChannel(channel.id) : openPerson(person.id)),
  }, mark, h('span', { class: 'side-name' }, name), note && h('span', { class: 'side-note' }, note), app && h('span', { class: 'badge-app' }, t('side.app')),
  channel?.is_ext_shared && h('span', { class: 'side-shared', title: t('kind.shared') }, icon('globe', 14), h('span', { class: 'sr-only' }, t('kind.shared'))),
  unread > 0 && h('span', { class: 'count' }, h('span', { 'aria-hidden': 'true' }, String(unread)), h('span', { class: 'sr-only' }, t('side.unread', { n: unread }))));
  return h('li', null, node);
}

const presence = (person) => h('span', { class: 'side-avatar' }, avatar(person, 's'), !person.deleted && h('span', { class: `presence${person.is_bot || person.id === state.me ? ' on' : ''}`, 'aria-hidden': 'true' }));

function group(key, rows) {
  if (rows.length === 0) return null;
  const id = `side-${key.replace('.', '-')}`;
  return h('section', { class: 'side-group' }, h('h2', { id, class: 'side-heading' }, t(key)), h('ul', { 'aria-labelledby': id }, rows));
}

function channelRows() {
  return [...state.channels.values()].filter((c) => c.kind === 'channel' || c.kind === 'private')
    .sort((a, b) => Number(a.is_archived) - Number(b.is_archived) || a.name.localeCompare(b.name))
    .map((channel) => row({ channel, name: channel.name, mark: h('span', { class: 'side-mark' }, icon(channel.kind === 'private' ? 'lock' : 'hash', 16)) }));
}

// People one already talks with come first; the others can be reached too.
function personRows() {
  const talks = new Map([...state.channels.values()].filter((c) => c.kind === 'im').map((c) => [c.with, c]));
  const people = [...state.users.values()].filter((p) => !p.is_bot && (talks.has(p.id) || (!p.deleted && p.id !== state.me)));
  const groups = [...state.channels.values()].filter((c) => c.kind === 'mpim')
    .map((channel) => row({ channel, name: channelName(channel), mark: h('span', { class: 'side-mark' }, icon('users', 16)) }));
  const rank = (p) => (p.id === state.me ? 0 : 1);
  return [...groups, ...people.sort((a, b) => rank(a) - rank(b) || a.real_name.localeCompare(b.real_name)).map((person) => {
    const what = role(person);
    const note = person.id === state.me ? t('side.you') : ['role.member', 'role.admin'].includes(what) ? null : t(what);
    return row({ channel: talks.get(person.id), person, name: person.real_name || person.name, note, mark: presence(person) });
  })];
}

function appRows() {
  const bots = [...state.users.values()].filter((p) => p.is_bot);
  const talks = [...state.channels.values()];
  return bots.map((person) => row({
    channel: talks.find((c) => isAppChannel(c) && c.with === person.id), person, app: true,
    name: person.id === state.app?.user ? state.app.name : person.real_name || person.name, mark: presence(person),
  }));
}

function draw() {
  if (!root) return;
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset : null;
  const scroll = root.querySelector('.side-scroll')?.scrollTop || 0;
  root.replaceChildren(
    h('div', { class: 'side-head' }, state.team.name, h('button', { type: 'button', class: 'icon-button', 'aria-label': t('side.close'), onclick: () => shut() }, icon('close'))),
    h('div', { class: 'side-scroll' }, group('side.channels', channelRows()), group('side.apps', appRows()), group('side.dms', personRows())),
    footer(),
  );
  root.querySelector('.side-scroll').scrollTop = scroll;
  const rows = [...root.querySelectorAll('.side-row')];
  const current = rows.find((r) => r.classList.contains('active')) || rows[0];
  for (const one of rows) one.tabIndex = one === current ? 0 : -1;
  if (focused) rows.find((r) => (focused.channel && r.dataset.channel === focused.channel) || (focused.user && r.dataset.user === focused.user))?.focus();
}

let foot = null;
export function setFooter(node) {
  foot = node;
  draw();
}
const footer = () => foot && h('div', { class: 'side-foot' }, foot);

export const unreadTotal = () => [...state.channels.values()].reduce((sum, c) => sum + (c.id === state.channel ? 0 : c.unread || 0), 0);
export const memberCount = (channel) => plural('members', (channel.members || []).length);
export const personOf = (channel) => (channel.kind === 'im' ? user(channel.with) : null);
