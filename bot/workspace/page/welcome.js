// What stands at the beginning of a conversation: where one is, and what one
// could type first.
import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';
import { channelName, isAppChannel, myself, state } from './state.js';

// The example is the first command the app has, so it is never a dead end.
function example() {
  const command = state.commands.find((c) => c.name === '/klant') || state.commands[0];
  if (!command) return null;
  return command.name === '/klant' || command.name === '/client' ? `${command.name} Jansen` : command.name;
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

// For who is in no conversation at all: a deactivated account, a new guest.
export function nowhere() {
  return h('section', { class: 'welcome welcome-empty', data: { testid: 'welcome' } },
    h('span', { class: 'welcome-mark', 'aria-hidden': 'true' }, icon(myself()?.deleted ? 'lock' : 'hash', 28)),
    h('h1', { class: 'welcome-title' }, t(myself()?.deleted ? 'nowhere.deleted' : 'nowhere.title')),
    h('p', { class: 'muted' }, t(myself()?.deleted ? 'nowhere.switch' : 'nowhere.text')));
}
