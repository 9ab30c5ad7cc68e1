// Who one is, and everybody one can be: the workspace has no passwords.
import { avatar } from './avatar.js';
import { h, rove } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';
import { closePopover, isOpen, openPopover } from './popover.js';
import { displayName, myself, on, role, state } from './state.js';
import { becomeUser, userAddress } from './navigate.js';

export function meButton() {
  const button = h('button', { type: 'button', class: 'me', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', data: { testid: 'me' } });
  const draw = () => {
    const person = myself();
    if (!person) return;
    button.dataset.user = person.id;
    button.replaceChildren(avatar(person, 's'), h('span', { class: 'sr-only' }, t('me.you')), h('span', { class: 'me-name' }, displayName(person)), h('span', { class: 'sr-only' }, t('me.switch')), icon('down', 14));
  };
  button.addEventListener('click', () => (isOpen(button) ? closePopover() : open(button)));
  on('users', draw);
  draw();
  return button;
}

function facts(person) {
  const language = (person.locale || '').toLowerCase().startsWith('nl') ? 'Nederlands' : 'English';
  return [person.title, person.tz?.replaceAll('_', ' '), language].filter(Boolean).join(' · ');
}

function open(button) {
  const people = [...state.users.values()].filter((p) => !p.is_bot)
    .sort((a, b) => Number(Boolean(a.deleted)) - Number(Boolean(b.deleted)) || displayName(a).localeCompare(displayName(b)));
  const rows = people.map((person) => {
    const what = role(person);
    const choose = h('button', {
      type: 'button', class: 'person', 'aria-current': person.id === state.me ? 'true' : undefined, tabindex: '-1', data: { user: person.id, testid: 'be-user' },
      onclick: () => becomeUser(person.id),
    }, avatar(person), h('span', { class: 'person-text' },
      h('span', { class: 'person-name' }, displayName(person), h('span', { class: `pill pill-${what.replace('role.', '')}` }, t(what))),
      h('span', { class: 'person-facts' }, facts(person))), person.id === state.me && icon('check', 18));
    const label = t('me.window', { name: displayName(person) });
    return h('li', { class: 'person-row' }, choose,
      h('a', { class: 'icon-button', href: userAddress(person.id), target: '_blank', rel: 'noopener', 'aria-label': label, title: label }, icon('copy', 16)));
  });
  const list = h('ul', { class: 'people' }, rows);
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -999, End: 999 }[event.key];
    const buttons = [...list.querySelectorAll('.person')];
    if (!step || !buttons.includes(document.activeElement)) return;
    event.preventDefault();
    rove(buttons, document.activeElement, step);
  });
  openPopover(button, h('div', { class: 'me-panel' }, h('h2', { class: 'panel-title' }, t('me.title')), h('p', { class: 'muted panel-note' }, t('me.note')), list), { side: 'end', label: t('me.title'), className: 'popover-me' });
  const mine = list.querySelector('[aria-current]') || list.querySelector('.person');
  mine.tabIndex = 0;
  mine.focus();
}
