// The top bar (workspace, jump field, appearance, who you are) and the header
// of the open conversation.
import { avatar } from './avatar.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';
import { meButton } from './me.js';
import { memberCount, personOf } from './sidebar.js';
import { channelName, current, isAppChannel, on, role, state } from './state.js';
import { openSwitcher } from './switcher.js';
import { themeButton } from './theme.js';
import { openTab } from './navigate.js';
import { now, time } from './dates.js';

export function topBar(toggleSide, skip) {
  const menu = h('button', { type: 'button', class: 'icon-button top-menu', 'aria-label': t('side.open'), 'aria-controls': 'sidebar', 'aria-expanded': 'false', data: { testid: 'menu' }, onclick: () => toggleSide() }, icon('menu'));
  const mac = /Mac|iPhone|iPad/.test(navigator.platform || '');
  const jump = h('button', { type: 'button', class: 'jump', onclick: openSwitcher, data: { testid: 'jump' }, 'aria-keyshortcuts': 'Control+K Meta+K' },
    icon('search', 16), h('span', { class: 'jump-text' }, t('side.jump')), h('kbd', { 'aria-hidden': 'true' }, mac ? '⌘ K' : 'Ctrl K'));
  return h('header', { class: 'top' }, skip, menu,
    h('div', { class: 'team' }, h('span', { class: 'team-mark', 'aria-hidden': 'true' }, (state.team.name || 'K').slice(0, 1).toUpperCase()), h('span', { class: 'team-name' }, state.team.name)),
    jump, h('div', { class: 'top-end' }, themeButton(), meButton()));
}

export function conversationHeader() {
  const root = h('div', { class: 'head' });
  const draw = () => {
    const channel = current();
    root.replaceChildren(...(channel ? [h('div', { class: 'head-row' }, title(channel), facts(channel)), isAppChannel(channel) && state.app.home ? tabs() : null].filter(Boolean) : []));
  };
  for (const topic of ['open', 'channels', 'users', 'tab', 'frame:clock']) on(topic, draw);
  draw();
  return root;
}

function title(channel) {
  const person = personOf(channel);
  const mark = person ? avatar(person, 's') : h('span', { class: 'head-mark' }, icon(channel.kind === 'private' ? 'lock' : channel.kind === 'mpim' ? 'users' : 'hash', 20));
  return h('div', { class: 'head-title' }, mark, h('h1', { class: 'head-name', tabindex: '-1' }, isAppChannel(channel) ? state.app.name : channelName(channel)),
    channel.is_ext_shared && h('span', { class: 'pill pill-shared', title: t('shared.note') }, icon('globe', 14), t('kind.shared')),
    channel.is_archived && h('span', { class: 'pill' }, t('kind.archived')));
}

function facts(channel) {
  const person = personOf(channel);
  if (person) {
    const local = person.tz && person.tz !== 'UTC' && !person.is_bot ? localTime(person) : null;
    const words = [person.title, t(role(person)), local].filter(Boolean);
    return h('div', { class: 'head-facts' }, words.join(' · '));
  }
  return h('div', { class: 'head-facts' }, channel.topic && h('span', { class: 'head-topic' }, channel.topic), h('span', { class: 'head-members' }, icon('users', 16), memberCount(channel)));
}

// "16:05 (New York)" for someone whose clock differs from the viewer's.
function localTime(person) {
  const clock = time(now(), person.tz);
  return clock === time(now()) ? null : `${clock} (${person.tz.split('/').pop().replaceAll('_', ' ')})`;
}

function tabs() {
  const tab = (id) => h('button', {
    type: 'button', role: 'tab', id: `tab-${id}`, class: `tab${state.tab === id ? ' active' : ''}`, 'aria-selected': String(state.tab === id), 'aria-controls': 'pane',
    tabindex: state.tab === id ? '0' : '-1', data: { testid: `tab-${id}` }, onclick: () => openTab(id),
  }, t(`tab.${id}`));
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': state.app.name }, tab('home'), tab('messages'));
  list.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    openTab(state.tab === 'home' ? 'messages' : 'home');
    document.getElementById(`tab-${state.tab}`)?.focus();
  });
  return list;
}
