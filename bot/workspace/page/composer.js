// Where one writes: messages, slash commands, files, global shortcuts.
import { Completion } from './completion.js';
import { h, setVars, uid } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';
import { openMenu } from './menu.js';
import { send } from './socket.js';
import { addressName, displayName, emit, myself, putMessage, state } from './state.js';
import { showBusy } from './surface.js';
import { toast } from './toast.js';
import { now } from './dates.js';
import { upload } from './upload.js';
import { begin } from './working.js';

// What was typed but not sent, by conversation.
const drafts = new Map();

// A line that only this window shows, said by the workspace itself.
export function localLine(channel, text, thread) {
  const ts = `${(now() / 1000).toFixed(6)}`;
  putMessage(channel, { ts, text, local: true, ephemeral: true, user: '', ...(thread ? { thread_ts: thread } : {}) });
  emit('messages', { channel, thread, fresh: ts, mine: true });
  emit('spoken', text);
}

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

// A name that was typed in full without picking it from the list is a mention too,
// where it is one person's: "@klantbot" for who does not wait for the list.
function typedNames(text) {
  return text.replace(/(^|\s)@([\p{L}\p{N}._-]*[\p{L}\p{N}])/gu, (whole, before, name) => {
    const wanted = name.toLowerCase();
    const hits = [...state.users.values()].filter((p) => !p.deleted && [p.name, displayName(p)].some((n) => (n || '').toLowerCase() === wanted));
    return hits.length === 1 ? `${before}<@${hits[0].id}>` : whole;
  });
}

export class Composer {
  constructor({ channel, thread = null }) {
    Object.assign(this, { channel, thread, mentions: new Map(), key: `${channel}/${thread || ''}` });
    const target = state.channels.get(channel);
    const label = thread ? t('composer.thread') : t('composer.label', { name: addressName(target) });
    const barred = myself()?.deleted ? t('composer.deleted') : target?.is_archived ? t('composer.archived') : '';
    if (barred) {
      this.root = h('div', { class: 'composer-barred', role: 'note' }, icon('lock', 16), barred);
      return;
    }
    this.field = h('textarea', { class: 'composer-field', rows: '1', 'aria-label': label, placeholder: label, value: drafts.get(this.key) || '', enterkeyhint: 'send', autocapitalize: 'sentences', data: { testid: thread ? 'thread-composer' : 'composer' } });
    this.completion = new Completion(this.field, (item) => this.taken(item), Boolean(thread));
    this.hint = h('div', { class: 'usage-hint', role: 'status' });
    this.sendButton = h('button', { type: 'button', class: 'send', 'aria-label': t('composer.send'), title: t('composer.send'), data: { testid: 'send' }, onclick: () => this.submit() }, icon('send', 18));
    this.box = h('div', { class: 'composer' }, this.field, this.tools());
    this.root = h('div', { class: 'composer-wrap' }, this.completion.root, this.hint, this.box, h('p', { class: 'composer-tip' }, t('composer.hint')));
    this.listen();
    requestAnimationFrame(() => this.grow());
  }

  tools() {
    const pickerId = uid('file');
    const picker = h('input', { type: 'file', id: pickerId, class: 'sr-only', multiple: true, tabindex: '-1', 'aria-hidden': 'true', data: { testid: 'file' }, onchange: () => { this.files(picker.files); picker.value = ''; } });
    const clip = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('composer.file'), title: t('composer.file'), onclick: () => picker.click() }, icon('clip'));
    const globals = state.shortcuts.filter((s) => s.type === 'global');
    const bolt = !this.thread && globals.length > 0 && h('button', { type: 'button', class: 'icon-button', 'aria-label': t('composer.bolt'), title: t('composer.bolt'), 'aria-haspopup': 'menu', 'aria-expanded': 'false', data: { testid: 'shortcuts' } }, icon('bolt'));
    if (bolt) bolt.addEventListener('click', () => openMenu(bolt, globals.map((s) => ({ label: s.name, description: state.app?.name, icon: icon('bolt', 16), data: { callbackId: s.callback_id }, run: () => send({ type: 'shortcut', callback_id: s.callback_id, key: begin((busy) => showBusy(bolt, busy)) }) })), t('composer.bolt'), 'start'));
    const slash = !this.thread && h('button', { type: 'button', class: 'icon-button', 'aria-label': t('complete.commands'), title: t('complete.commands'), onclick: () => this.begin('/') }, h('span', { class: 'slash', 'aria-hidden': 'true' }, '/'));
    const at = h('button', { type: 'button', class: 'icon-button', 'aria-label': t('complete.people'), title: t('complete.people'), onclick: () => this.begin('@') }, icon('at'));
    return h('div', { class: 'composer-tools' }, picker, clip, slash, at, bolt, h('span', { class: 'grow' }), this.sendButton);
  }

  listen() {
    this.field.addEventListener('input', () => this.changed());
    this.field.addEventListener('click', () => this.completion.update());
    this.field.addEventListener('blur', () => setTimeout(() => this.completion.close(), 120));
    this.field.addEventListener('keydown', (event) => {
      if (event.isComposing || this.completion.key(event)) return;
      if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener('paste', (event) => {
      if (event.clipboardData?.files.length) { event.preventDefault(); this.files(event.clipboardData.files); }
    });
  }

  focus() { this.field?.focus(); }

  begin(mark) {
    this.field.focus();
    if (mark === '/' ) this.field.value = '/';
    else this.field.setRangeText(/(^|\s)$/.test(this.field.value.slice(0, this.field.selectionStart)) ? mark : ` ${mark}`, this.field.selectionStart, this.field.selectionEnd, 'end');
    this.changed();
  }

  fill(text) {
    if (!this.field) return;
    this.field.value = text;
    this.field.focus();
    this.changed();
  }

  taken(item) {
    if (item.mention) this.mentions.set(...item.mention);
    this.field.focus();
    this.changed();
  }

  changed() {
    drafts.set(this.key, this.field.value);
    this.grow();
    this.completion.update();
    this.box.classList.toggle('filled', this.field.value.trim() !== '');
    const [, name, rest] = /^(\/\S+)(\s+.*)?$/s.exec(this.field.value) || [];
    const command = !this.thread && state.commands.find((c) => c.name === name?.toLowerCase());
    this.hint.replaceChildren(...(command && rest?.trim() === '' ? [h('strong', null, command.name), ' ', command.usage_hint || '', h('span', { class: 'muted' }, ` — ${command.description}`)] : []));
  }

  grow() {
    setVars(this.field, { height: 'auto' });
    setVars(this.field, { height: `${Math.min(this.field.scrollHeight, 240)}px` });
  }

  // Names that were completed become ids; the longest first, so that "@Jan" is
  // not found inside "@Jan Smit".
  named(text, quote = (name) => name) {
    const byLength = [...this.mentions].sort((a, b) => b[0].length - a[0].length);
    return byLength.reduce((sofar, [shown, id]) => sofar.split(quote(shown)).join(id), text);
  }

  // A message as Slack carries it: escaped, mentions by id, addresses marked.
  wire(text) {
    return typedNames(this.named(escaped(text), escaped)).replace(/(^|\s)(https?:\/\/[^\s<>]+[^\s<>.,;:!?)])/g, '$1<$2>');
  }

  submit() {
    const text = this.field.value.trim();
    if (!text) return;
    if (/^\/[\p{L}\p{N}_-]+(\s|$)/u.test(text)) this.command(text);
    else send({ type: 'send', channel: this.channel, text: this.wire(text), ...(this.thread ? { thread_ts: this.thread } : {}) });
    this.field.value = '';
    this.mentions.clear();
    this.changed();
  }

  command(text) {
    const [, name, rest] = /^(\S+)\s*([\s\S]*)$/.exec(text);
    const command = name.toLowerCase();
    if (!state.commands.some((c) => c.name === command)) {
      localLine(this.channel, t('composer.unknown', { command: `\`${name.replaceAll('`', '')}\`` }), this.thread);
    } else if (this.thread) {
      localLine(this.channel, t('composer.nothread', { command: `\`${command}\`` }), this.thread);
    } else {
      emit('command');
      const key = begin((busy) => showBusy(this.sendButton, busy));
      // The server escapes a command's text when the manifest asks for it.
      send({ type: 'command', channel: this.channel, command, text: this.named(rest), key });
    }
  }

  async files(list) {
    for (const file of list) {
      showBusy(this.box, true);
      const slow = setTimeout(() => toast(t('upload.busy', { name: file.name })), 800);
      try {
        await upload(file, this.channel, this.thread);
      } catch {
        toast(t('upload.failed', { name: file.name }), 'bad');
      }
      clearTimeout(slow);
      showBusy(this.box, false);
    }
  }
}
