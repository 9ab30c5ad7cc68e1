// What stands at the beginning of a conversation: where one is, and what one
// could type first.
import { h } from './dom.js';
import { icon } from './icons.js';
import { isDutch, t } from './i18n.js';
import { channelName, isAppChannel, myself, on, state } from './state.js';

// The look-up in the reader's language, else the first command the app has: an
// example that is never a dead end.
function example() {
  const names = isDutch() ? ['/klant', '/client'] : ['/client', '/klant'];
  const known = names.find((name) => state.commands.some((c) => c.name === name));
  return known ? `${known} Jansen` : state.commands[0]?.name;
}

export function welcome(channel, empty, fill) {
  if (!channel) return null;
  const isApp = isAppChannel(channel);
  const name = isApp ? state.app.name : channelName(channel);
  const title = channel.with === state.me ? t('empty.self') : t(channel.kind === 'im' || channel.kind === 'mpim' ? 'empty.dm' : 'empty.channel', { name });
  const text = example();
  const hint = text && !channel.is_archived && (isApp || empty) && !channel.is_ext_shared;
  return h('section', { class: `welcome${empty ? ' welcome-empty' : ''}`, data: { testid: 'welcome' } },
    h('span', { class: 'welcome-mark', 'aria-hidden': 'true' }, icon(isApp ? 'bolt' : channel.kind === 'im' ? 'at' : 'hash', 28)),
    h('h2', { class: 'welcome-title' }, title),
    channel.topic && h('p', { class: 'muted' }, channel.topic),
    channel.is_ext_shared && h('p', { class: 'welcome-shared' }, icon('globe', 16), t('empty.shared')),
    hint && h('div', { class: 'welcome-try' },
      h('p', null, t('empty.text', { app: state.app?.name })),
      h('button', { type: 'button', class: 'try', 'aria-label': t('empty.try', { command: text }), data: { testid: 'try' }, onclick: () => fill(text) }, h('kbd', null, text)),
      h('p', { class: 'muted' }, t('empty.only'))));
}

const tried = {
  // Without storage the tip comes back after a reload, which harms nobody.
  get: () => { try { return localStorage.getItem('tried') === 'yes'; } catch { return false; } },
  set: () => { try { localStorage.setItem('tried', 'yes'); } catch { /* see get */ } },
};

// One line above the composer for who opens the workspace for the first time
// in a conversation that has messages already. The first command, or the
// cross, ends it for good.
export function firstTip(channel, fill) {
  const text = example();
  if (tried.get() || !text || !channel || channel.is_ext_shared || channel.is_archived || isAppChannel(channel) || myself()?.deleted) return null;
  const end = () => { tried.set(); node.remove(); off(); };
  const off = on('command', end);
  const node = h('div', { class: 'tip', role: 'note', data: { testid: 'tip' } }, icon('bolt', 18),
    h('span', { class: 'grow' }, t('tip.before'), ' ', h('button', { type: 'button', class: 'link-button', onclick: () => fill(text) }, h('kbd', null, text)), ' ', t('tip.after')),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': t('tip.close'), title: t('tip.close'), onclick: end }, icon('close', 16)));
  return node;
}

// For who is in no conversation at all: a deactivated account, a new guest.
export function nowhere() {
  return h('section', { class: 'welcome welcome-empty', data: { testid: 'welcome' } },
    h('span', { class: 'welcome-mark', 'aria-hidden': 'true' }, icon(myself()?.deleted ? 'lock' : 'hash', 28)),
    h('h1', { class: 'welcome-title' }, t(myself()?.deleted ? 'nowhere.deleted' : 'nowhere.title')),
    h('p', { class: 'muted' }, t(myself()?.deleted ? 'nowhere.switch' : 'nowhere.text')));
}
