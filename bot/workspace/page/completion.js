// What may complete the word at the caret: a command at the start of a
// message, @someone, #channel, :emoji:.
import { avatar } from './avatar.js';
import { h, uid } from './dom.js';
import { searchEmoji } from './emoji.js';
import { icon } from './icons.js';
import { plural, t } from './i18n.js';
import { current, displayName, role, state } from './state.js';

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// Each answers with {title, from, items} or null; an item is {key, label, note,
// mark, insert, exact?}.
function commands(before, thread) {
  const [, typed] = /^(\/\S*)$/.exec(before) || [];
  if (typed === undefined || thread) return null;
  const items = state.commands.filter((c) => c.name.startsWith(typed.toLowerCase())).map((command) => ({
    key: command.name, label: command.name, hint: command.usage_hint, note: command.description, mark: h('span', { class: 'side-mark' }, icon('bolt', 16)),
    insert: `${command.name} `, exact: command.name === typed.toLowerCase(),
  }));
  return { title: t('complete.commands'), from: 0, items };
}

function people(before) {
  const [whole, typed] = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(before) || [];
  if (whole === undefined) return null;
  const wanted = fold(typed);
  const here = new Set(current()?.members || []);
  const hits = (person) => fold(displayName(person)).split(/\s+/).some((word) => word.startsWith(wanted)) || fold(person.name || '').startsWith(wanted);
  const rank = (person) => (here.has(person.id) ? 0 : 1);
  const items = [...state.users.values()].filter((p) => !p.deleted && hits(p)).sort((a, b) => rank(a) - rank(b) || displayName(a).localeCompare(displayName(b))).slice(0, 8)
    .map((person) => ({ key: person.id, label: displayName(person), note: t(role(person)), mark: avatar(person, 's'), insert: `@${displayName(person)} `, mention: [`@${displayName(person)}`, `<@${person.id}>`] }));
  return { title: t('complete.people'), from: before.length - typed.length - 1, items };
}

function channels(before) {
  const [whole, typed] = /(?:^|\s)#([\p{L}\p{N}_-]*)$/u.exec(before) || [];
  if (whole === undefined) return null;
  const items = [...state.channels.values()].filter((c) => (c.kind === 'channel' || c.kind === 'private') && fold(c.name).startsWith(fold(typed))).slice(0, 8)
    .map((channel) => ({ key: channel.id, label: channel.name, note: channel.topic, mark: h('span', { class: 'side-mark' }, icon(channel.kind === 'private' ? 'lock' : 'hash', 16)), insert: `#${channel.name} `, mention: [`#${channel.name}`, `<#${channel.id}>`] }));
  return { title: t('complete.channels'), from: before.length - typed.length - 1, items };
}

function emojis(before) {
  const [whole, typed] = /(?:^|\s):([a-z0-9_+-]{2,})$/i.exec(before) || [];
  if (whole === undefined) return null;
  const items = searchEmoji(typed.toLowerCase()).map(({ name, glyph }) => ({ key: name, label: `:${name}:`, mark: h('span', { class: 'emoji' }, glyph), insert: `:${name}: ` }));
  return { title: t('complete.emoji'), from: before.length - typed.length - 1, items };
}

// The menu above a text field. The field keeps the focus; arrows move through
// the list, Tab and Enter take an entry.
export class Completion {
  constructor(field, take, thread) {
    Object.assign(this, { field, take, thread, open: false, items: [], active: 0 });
    this.id = uid('complete');
    this.list = h('ul', { class: 'list', role: 'listbox', id: this.id });
    this.title = h('span', { class: 'complete-title' });
    this.count = h('span', { class: 'sr-only', role: 'status' });
    this.panel = h('div', { class: 'complete', hidden: true, data: { testid: 'completion' } }, h('div', { class: 'complete-head' }, this.title, h('span', { class: 'muted complete-keys' }, t('complete.keys'))), this.list);
    this.root = h('div', { class: 'complete-wrap' }, this.panel, this.count);
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', this.id);
  }

  update() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const found = this.field.selectionStart === this.field.selectionEnd && [commands(before, this.thread), people(before), channels(before), emojis(before)].find(Boolean);
    if (!found || found.items.length === 0) {
      this.close();
      return;
    }
    Object.assign(this, { open: true, items: found.items, from: found.from });
    this.title.textContent = found.title;
    this.list.setAttribute('aria-label', found.title);
    this.list.replaceChildren(...found.items.map((item, i) => this.row(item, i)));
    this.panel.hidden = false;
    this.count.textContent = plural('complete.count', found.items.length);
    this.activate(0);
  }

  row(item, index) {
    const node = h('li', { id: uid('entry'), role: 'option', 'aria-selected': 'false', class: 'list-item', data: { testid: 'completion-item', value: item.key } },
      item.mark, h('span', { class: 'list-text complete-text' }, h('span', { class: 'complete-label' }, item.label, item.hint && h('span', { class: 'complete-hint' }, item.hint)), item.note && h('span', { class: 'list-small' }, item.note)));
    node.addEventListener('pointerdown', (event) => event.preventDefault());
    node.addEventListener('click', () => this.choose(index));
    return node;
  }

  activate(index) {
    this.active = (index + this.items.length) % this.items.length;
    [...this.list.children].forEach((node, i) => {
      node.classList.toggle('active', i === this.active);
      node.setAttribute('aria-selected', String(i === this.active));
    });
    const node = this.list.children[this.active];
    this.field.setAttribute('aria-activedescendant', node.id);
    node.scrollIntoView({ block: 'nearest' });
  }

  choose(index) {
    const item = this.items[index];
    const caret = this.field.selectionStart;
    this.field.setRangeText(item.insert, this.from, caret, 'end');
    this.close();
    this.take(item);
  }

  close() {
    this.open = false;
    this.panel.hidden = true;
    this.count.textContent = '';
    this.field.removeAttribute('aria-activedescendant');
  }

  // Reports whether the key was the menu's.
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // A command typed in full is sent by Enter, not completed once more.
    const whole = event.key === 'Enter' && this.items[this.active].exact;
    if (step) this.activate(this.active + step);
    else if ((event.key === 'Enter' && !event.shiftKey && !whole) || (event.key === 'Tab' && !event.shiftKey)) this.choose(this.active);
    else if (event.key === 'Escape') this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
