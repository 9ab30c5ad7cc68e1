// One message: author, time, its blocks or text, files, and what one can do
// with it.
import { avatar } from './avatar.js';
import { drawBlocks } from './blocks/index.js';
import { full, time, tsMillis, when } from './dates.js';
import { h, link, safeUrl, setVars } from './dom.js';
import { emoji } from './emoji.js';
import { fileView } from './files.js';
import { icon } from './icons.js';
import { plural, t } from './i18n.js';
import { openMenu } from './menu.js';
import { mrkdwn, spoken, textObject } from './mrkdwn.js';
import { openPerson, openThread } from './navigate.js';
import { send } from './socket.js';
import { displayName, emit, hideMessage, state, user } from './state.js';
import { surfaceFor } from './surface.js';
import { toast } from './toast.js';
import { begin } from './working.js';

const author = (message) => user(message.user) || { id: message.user || message.bot_id, name: message.username || t('unknown.user'), is_bot: Boolean(message.bot_id) };

function authorName(message) {
  if (message.local) return t('slackbot');
  const person = author(message);
  return person.id === state.app?.user ? state.app.name : displayName(person);
}

// compact: the author and the time were just said above.
export function messageView(channel, message, { compact = false, inThread = false } = {}) {
  const person = author(message);
  const name = authorName(message);
  const ms = tsMillis(message.ts);
  const node = h('li', {
    class: `message${compact ? ' compact' : ''}${message.ephemeral || message.local ? ' ephemeral' : ''}${message.local ? ' local' : ''}`, tabindex: '-1',
    'aria-label': t('msg.from', { name, time: time(ms) }),
    data: { testid: 'message', ts: message.ts, user: message.user, ephemeral: message.ephemeral || message.local ? 'true' : 'false' },
  });
  const stamp = h('time', { class: 'stamp', datetime: new Date(ms).toISOString(), title: full(ms) }, time(ms));
  const face = message.local ? h('span', { class: 'avatar avatar-m avatar-team' }, icon('info')) : avatar(person);
  const head = h('div', { class: 'message-head' },
    message.local ? h('span', { class: 'author' }, name) : h('button', { type: 'button', class: 'author', tabindex: '-1', onclick: () => openPerson(person.id) }, name),
    person.is_bot && h('span', { class: 'badge-app' }, t('side.app')), stamp);
  node.append(
    h('div', { class: 'gutter' }, compact ? stamp.cloneNode(true) : face),
    h('div', { class: 'message-body' },
      (message.ephemeral || message.local) && onlyYou(channel, message),
      compact ? h('div', { class: 'sr-only' }, name) : head,
      h('div', { class: 'message-content' }, content(channel, message)),
      reactions(message),
      !inThread && message.reply_count > 0 && replies(message)));
  if (!message.local) node.append(toolbar(channel, message, inThread));
  return node;
}

function onlyYou(channel, message) {
  const hide = () => {
    hideMessage(channel, message.ts);
    emit('messages', { channel });
  };
  return h('div', { class: 'only-you' }, icon('eye', 14), h('span', null, t('msg.you')), h('span', { 'aria-hidden': 'true' }, '·'), h('button', { type: 'button', class: 'link-button', data: { testid: 'hide' }, onclick: hide }, t('msg.hide')));
}

function content(channel, message) {
  const parts = [];
  const edited = message.edited_ms > 0 && h('span', { class: 'edited', title: full(message.edited_ms) }, ` ${t('msg.edited')}`);
  // A person's blocks are what a composer made of the typed text; the text
  // itself still has the marks for bold, code and links.
  const typed = message.text && !author(message).is_bot;
  if (message.blocks?.length && !typed) {
    const surface = surfaceFor({ kind: 'message', channel, ts: message.ts });
    parts.push(h('div', { class: 'blocks' }, drawBlocks(message.blocks, surface), edited));
  } else if (message.text) {
    parts.push(h('div', { class: 'text' }, mrkdwn(message.text), edited));
  }
  for (const attachment of message.attachments || []) parts.push(attachmentView(channel, message, attachment));
  if (message.files?.length) parts.push(h('div', { class: 'files' }, message.files.map(fileView)));
  return parts;
}

// The old attachments: a coloured bar and the parts most apps still send.
function attachmentView(channel, message, json) {
  const bar = h('div', { class: 'attachment' },
    json.pretext && h('div', null, mrkdwn(json.pretext)),
    json.author_name && h('div', { class: 'muted' }, json.author_name),
    json.title && h('div', { class: 'attachment-title' }, json.title_link ? link(json.title_link, json.title) : json.title),
    json.blocks?.length ? drawBlocks(json.blocks, surfaceFor({ kind: 'message', channel, ts: `${message.ts}` }), `a${json.id || 0}.`) : json.text && h('div', null, mrkdwn(json.text)),
    json.fields?.length > 0 && h('div', { class: 'fields' }, json.fields.map((field) => h('div', { class: 'field-cell' }, h('strong', null, field.title), h('div', null, mrkdwn(field.value))))),
    json.image_url && safeUrl(json.image_url) && h('img', { class: 'image-block', src: safeUrl(json.image_url), alt: json.fallback || '' }),
    json.footer && h('div', { class: 'muted' }, json.footer));
  const named = { good: 'var(--good)', warning: 'var(--warn)', danger: 'var(--bad)' }[json.color];
  const color = named || (/^#?[0-9a-f]{6}$/i.test(json.color || '') ? `#${json.color.replace('#', '')}` : null);
  if (color) setVars(bar, { '--bar': color });
  return bar;
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h('div', { class: 'reactions' }, message.reactions.map((one) => h('span', {
    class: 'reaction', role: 'img', 'aria-label': `${one.name} ${one.count}`, title: (one.users || []).map((id) => displayName(user(id) || { id })).join(', '),
  }, h('span', { class: 'emoji' }, emoji(one.name) || `:${one.name}:`), String(one.count))));
}

function replies(message) {
  const faces = (message.reply_users || []).slice(0, 4).map((id) => avatar(user(id) || { id, name: id }, 's'));
  return h('button', { type: 'button', class: 'replies', data: { testid: 'replies' }, onclick: () => openThread(message.thread_ts || message.ts) },
    h('span', { class: 'faces' }, faces), h('span', { class: 'replies-count' }, plural('replies', message.reply_count)),
    message.latest_reply && h('span', { class: 'muted' }, t('replies.last', { when: when(tsMillis(message.latest_reply)) })));
}

function toolbar(channel, message, inThread) {
  const canThread = !message.ephemeral && !inThread;
  const more = h('button', { type: 'button', tabindex: '-1', class: 'icon-button', 'aria-label': t('msg.more'), title: t('msg.more'), 'aria-haspopup': 'menu', 'aria-expanded': 'false', data: { testid: 'message-menu' } }, icon('more', 18));
  more.addEventListener('click', () => openMenu(more, actions(channel, message, more), t('msg.more')));
  return h('div', { class: 'toolbar', role: 'group', 'aria-label': t('msg.actions') },
    canThread && h('button', { type: 'button', tabindex: '-1', class: 'icon-button', 'aria-label': t('msg.reply'), title: t('msg.reply'), data: { testid: 'reply' }, onclick: () => openThread(message.thread_ts || message.ts) }, icon('thread', 18)),
    more);
}

function actions(channel, message, control) {
  const shortcuts = state.shortcuts.filter((s) => s.type === 'message').map((shortcut) => ({
    label: shortcut.name, description: state.app?.name, icon: icon('bolt', 16), data: { callbackId: shortcut.callback_id },
    run: () => send({ type: 'shortcut', callback_id: shortcut.callback_id, channel, ts: message.ts, key: begin((busy) => control.classList.toggle('busy', busy)) }),
  }));
  const copy = (text) => navigator.clipboard?.writeText(text).then(() => toast(t('msg.copied')), () => {});
  return [
    { label: t('msg.copy'), icon: icon('copy', 16), run: () => copy(spoken(message.text)) },
    !message.ephemeral && { label: t('msg.link'), icon: icon('hash', 16), run: () => copy(`${location.origin}${location.pathname}#${channel}/${message.thread_ts || message.ts}`) },
    shortcuts.length > 0 && !message.ephemeral && { heading: t('msg.shortcuts') },
    ...(message.ephemeral ? [] : shortcuts),
  ].filter(Boolean);
}

// The text twin that screen readers hear when a message comes in.
export function plainText(message) {
  const text = message.text || (message.blocks || []).map((b) => h('div', null, textObject(b.text)).textContent).join(' ');
  return `${authorName(message)}: ${spoken(text)}`;
}
