// Ctrl or Cmd + K: go to any conversation by typing a few letters of its name.
import { avatar } from './avatar.js';
import { h, uid } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';
import { openChannel, openPerson } from './navigate.js';
import { channelName, displayName, role, state } from './state.js';

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function places() {
  const channels = [...state.channels.values()].filter((c) => c.kind !== 'im').map((channel) => ({
    name: channelName(channel), mark: () => h('span', { class: 'side-mark' }, icon(channel.kind === 'private' ? 'lock' : 'hash', 16)),
    note: channel.is_ext_shared ? t('kind.shared') : '', unread: channel.unread, go: () => openChannel(channel.id), data: { channel: channel.id },
  }));
  const people = [...state.users.values()].filter((p) => !p.deleted && p.id !== state.me).map((person) => ({
    name: displayName(person), mark: () => avatar(person, 's'), note: t(role(person)), unread: 0, go: () => openPerson(person.id), data: { user: person.id },
  }));
  return [...channels, ...people];
}

export function openSwitcher() {
  if (document.querySelector('dialog[open]')) return;
  const listId = uid('jump');
  const field = h('input', { type: 'text', class: 'switch-field', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': listId, 'aria-autocomplete': 'list', 'aria-label': t('switch.label'), placeholder: t('switch.label'), autocomplete: 'off', spellcheck: 'false' });
  const list = h('ul', { class: 'list', role: 'listbox', id: listId, 'aria-label': t('switch.title') });
  const none = h('p', { class: 'list-note', role: 'status' });
  const dialog = h('dialog', { class: 'dialog switcher', 'aria-label': t('switch.title'), data: { testid: 'switcher' } }, h('div', { class: 'list-field' }, icon('search', 18), field), list, none);
  const all = places();
  let found = [];
  let active = 0;
  const activate = (index) => {
    active = found.length ? (index + found.length) % found.length : 0;
    [...list.children].forEach((item, i) => {
      item.classList.toggle('active', i === active);
      item.setAttribute('aria-selected', String(i === active));
    });
    const item = list.children[active];
    if (item) field.setAttribute('aria-activedescendant', item.id);
    item?.scrollIntoView({ block: 'nearest' });
  };
  const go = (place) => { dialog.close(); place?.go(); };
  const draw = () => {
    const query = fold(field.value.replace(/^[#@]/, '').trim());
    const rank = (p) => (fold(p.name).startsWith(query) ? 0 : 1);
    found = all.filter((p) => fold(p.name).includes(query)).sort((a, b) => rank(a) - rank(b) || b.unread - a.unread).slice(0, 12);
    list.replaceChildren(...found.map((place) => h('li', { id: uid('place'), role: 'option', class: 'list-item', data: place.data, onclick: () => go(place) }, place.mark(), h('span', { class: 'list-text' }, place.name), h('span', { class: 'list-side' }, place.note))));
    list.hidden = found.length === 0;
    none.textContent = found.length ? '' : t('switch.none', { q: field.value });
    activate(0);
  };
  field.addEventListener('input', draw);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') activate(active + (event.key === 'ArrowDown' ? 1 : -1));
    else if (event.key === 'Enter') go(found[active]);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  draw();
  field.focus();
}

export function switcherKeys() {
  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      openSwitcher();
    }
  });
}
