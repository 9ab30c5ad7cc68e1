// Slack's mrkdwn as nodes. Formatting marks follow Slack's rule: a mark opens
// after a space or punctuation and closes before one.
import { h, link } from './dom.js';
import { emoji, withEmoji } from './emoji.js';
import { tokens } from './dates.js';
import { t } from './i18n.js';
import { state, user, displayName } from './state.js';

const decode = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

const MARKS = { '*': 'strong', _: 'em', '~': 's' };
const WORD = /[\p{L}\p{N}]/u;

// The place where a mark opened at `from` closes on the same line, or -1.
function closing(text, mark, from) {
  const line = text.indexOf('\n', from);
  const end = line === -1 ? text.length : line;
  for (let at = text.indexOf(mark, from + 1); at !== -1 && at < end; at = text.indexOf(mark, at + 1)) {
    const inside = at > from + 1 && !/\s/.test(text[at - 1]);
    const after = text[at + 1];
    if (inside && (after === undefined || !WORD.test(after)) && after !== mark) return at;
  }
  return -1;
}

const opens = (text, at) => (at === 0 || !WORD.test(text[at - 1])) && text[at + 1] !== undefined && !/\s/.test(text[at + 1]);

export function userMention(id, label) {
  const person = user(id);
  const name = person ? displayName(person) : label || id;
  return h('span', { class: `mention${id === state.me ? ' mention-me' : ''}`, data: { user: id } }, `@${name}`);
}

export function channelMention(id, label) {
  const channel = state.channels.get(id);
  if (!channel && !label) return h('span', { class: 'mention' }, `#${t('unknown.channel')}`);
  const name = channel?.name || label;
  if (!channel) return h('span', { class: 'mention' }, `#${name}`);
  return h('a', { class: 'mention', href: `#${id}` }, `#${name}`);
}

export function broadcast(range) {
  return h('span', { class: 'mention mention-me' }, `@${range}`);
}

export function dateNode(seconds, pattern, url, fallback) {
  const text = tokens(seconds, pattern) ?? decode(fallback || '');
  const node = h('time', { datetime: new Date(Number(seconds) * 1000 || 0).toISOString() }, text);
  return url ? link(url, node) : node;
}

// What stands between < and >: a mention, a command of Slack's, or a link.
function special(inside) {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? '' : decode(inside.slice(bar + 1));
  if (/^@[UW]\w+$/.test(target)) return userMention(target.slice(1), label);
  if (/^#[CGD]\w+$/.test(target)) return channelMention(target.slice(1), label);
  if (/^!(here|channel|everyone)$/.test(target)) return broadcast(target.slice(1));
  if (target.startsWith('!subteam^')) return h('span', { class: 'mention' }, label || '@team');
  if (target.startsWith('!date^')) {
    const [, seconds, pattern, url] = target.split('^');
    return dateNode(seconds, decode(pattern || ''), url && decode(url), label);
  }
  if (/^(https?:\/\/|mailto:|tel:)/i.test(target)) {
    const url = decode(target);
    return link(url, label || url.replace(/^(mailto|tel):/, ''));
  }
  return null;
}

function inline(text) {
  const nodes = [];
  let plain = '';
  const flush = () => {
    if (plain) nodes.push(decode(plain));
    plain = '';
  };
  const push = (node, length) => { flush(); nodes.push(node); return length; };
  let at = 0;
  while (at < text.length) {
    const took = piece(text, at, push);
    if (took === 0) plain += text[at];
    at += took || 1;
  }
  flush();
  return nodes;
}

// Tries to read one construct at `at`; returns how many characters it took.
function piece(text, at, push) {
  const char = text[at];
  if (char === '\n') return push(h('br'), 1);
  if (char === '<') {
    const end = text.indexOf('>', at);
    const node = end > at ? special(text.slice(at + 1, end)) : null;
    return node ? push(node, end - at + 1) : 0;
  }
  if (char === '`') {
    const end = text.indexOf('`', at + 1);
    const code = end > at + 1 ? text.slice(at + 1, end) : '';
    return code && !code.includes('\n') ? push(h('code', null, decode(code)), code.length + 2) : 0;
  }
  if (char === ':') {
    const [whole, name] = /^:([a-z0-9_+-]+(?:::skin-tone-\d)?):/i.exec(text.slice(at, at + 60)) || [];
    const glyph = name && emoji(name);
    return glyph ? push(emojiNode(glyph, name), whole.length) : 0;
  }
  if (MARKS[char] && opens(text, at)) {
    const end = closing(text, char, at);
    return end === -1 ? 0 : push(h(MARKS[char], null, inline(text.slice(at + 1, end))), end - at + 1);
  }
  return 0;
}

export function emojiNode(glyph, name) {
  return h('span', { class: 'emoji', role: 'img', 'aria-label': name.replace(/[_-]/g, ' '), title: `:${name}:` }, glyph);
}

// Lines that begin with > become one quotation; the rest stays as it is.
function lines(text) {
  const nodes = [];
  let quote = null;
  let rest = [];
  const flush = () => {
    if (quote) nodes.push(h('blockquote', null, inline(quote.join('\n'))));
    else if (rest.length) nodes.push(...inline(rest.join('\n')));
    quote = null;
    rest = [];
  };
  for (const line of text.split('\n')) {
    const [, quoted] = /^(?:&gt;|>)\s?(.*)$/.exec(line) || [];
    if ((quoted !== undefined) !== (quote !== null)) flush();
    if (quoted !== undefined) (quote ||= []).push(quoted);
    else rest.push(line);
  }
  flush();
  return nodes;
}

export function mrkdwn(text) {
  const nodes = [];
  const parts = String(text ?? '').split('```');
  parts.forEach((part, index) => {
    const code = index % 2 === 1 && index < parts.length - 1;
    if (code) nodes.push(h('pre', { tabindex: '0' }, h('code', null, decode(part.replace(/^\n|\n$/g, '')))));
    else if (index % 2 === 1) nodes.push(...lines('```' + part));
    else if (part.trim() !== '' || parts.length === 1) nodes.push(...lines(parts.length > 1 ? part.replace(/^\n|\n$/g, '') : part));
  });
  return nodes;
}

// A text object of Block Kit: mrkdwn, or plain_text where only emoji change.
export function textObject(object) {
  if (!object) return [];
  if (typeof object === 'string') return [object];
  if (object.type === 'mrkdwn') return mrkdwn(object.text);
  // Slack breaks the lines of plain text where they are broken.
  return (object.text || '').split('\n').flatMap((line, i) => [...(i > 0 ? [h('br')] : []), object.emoji === false ? line : withEmoji(line)]);
}

// mrkdwn as plain words: what its nodes read as.
export function spoken(text) {
  return h('div', null, mrkdwn(text)).textContent;
}
