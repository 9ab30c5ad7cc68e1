// rich_text blocks: sections, lists with indent, quotations, preformatted text
// and every inline element Slack documents.
import { h, link, safeUrl, setVars } from './dom.js';
import { emoji } from './emoji.js';
import { broadcast, channelMention, dateNode, emojiNode, userMention } from './mrkdwn.js';

const STYLES = [['code', 'code'], ['bold', 'strong'], ['italic', 'em'], ['strike', 's'], ['underline', 'u'], ['highlight', 'mark'], ['client_highlight', 'mark']];

function styled(node, style) {
  let wrapped = node;
  for (const [name, tag] of STYLES) if (style?.[name]) wrapped = h(tag, null, wrapped);
  return wrapped;
}

function withBreaks(text) {
  return text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [h('br'), line]));
}

function tag(element) {
  return h('span', { class: `tag tag-${/^[a-z]+$/.test(element.color || '') ? element.color : 'gray'}` }, element.text);
}

function color(element) {
  const value = /^#[0-9a-f]{3,8}$/i.test(element.value || '') ? element.value : null;
  if (!value) return element.value || '';
  const swatch = h('span', { class: 'swatch', 'aria-hidden': 'true' });
  setVars(swatch, { 'background-color': value });
  return h('span', null, swatch, value);
}

const mention = (element) => (element.url ? link(element.url, element.text || element.url) : h('span', { class: 'mention' }, element.text || element.file_id || ''));

const INLINE = {
  text: (e) => h('span', null, withBreaks(e.text || '')),
  link: (e) => link(e.url, e.text || e.url),
  user: (e) => userMention(e.user_id),
  canvas_user_mention: (e) => userMention(e.user_id),
  channel: (e) => channelMention(e.channel_id),
  usergroup: (e) => h('span', { class: 'mention' }, `@${e.usergroup_id}`),
  team: (e) => h('span', { class: 'mention' }, e.team_id),
  broadcast: (e) => broadcast(e.range),
  emoji: (e) => emojiElement(e),
  date: (e) => dateNode(e.timestamp, e.format || '{date}', e.url, e.fallback),
  color,
  tag,
  attachment_mention: mention,
  work_object_mention: mention,
  workflow_mention: mention,
  message_mention: mention,
  canvas: mention,
  file: mention,
  list_record: mention,
  salesforce_data_field: (e) => e.salesforce_field_label || '',
  citation: (e) => h('sup', null, e.url ? link(e.url, e.text || '*') : e.text || '*'),
};

function emojiElement(element) {
  if (element.unicode && /^[0-9a-f-]+$/i.test(element.unicode)) {
    const glyph = String.fromCodePoint(...element.unicode.split('-').map((hex) => Number.parseInt(hex, 16)));
    return emojiNode(glyph, element.name || '');
  }
  const glyph = emoji(element.name || '');
  if (glyph) return emojiNode(glyph, element.name);
  if (element.url && safeUrl(element.url)) return h('img', { class: 'emoji-image', src: safeUrl(element.url), alt: element.name });
  return `:${element.name}:`;
}

function inlineElement(element) {
  const draw = INLINE[element.type];
  return styled(draw ? draw(element) : element.text || '', element.style);
}

const inlines = (elements) => (elements || []).map(inlineElement);

function list(element) {
  const ordered = element.style === 'ordered';
  const items = (element.elements || []).map((item) => h('li', null, richElement(item, true)));
  const indent = Math.max(0, Math.min(8, element.indent || 0));
  return h(ordered ? 'ol' : 'ul', {
    class: `rt-list rt-indent-${indent} rt-level-${indent % 3}${element.border ? ' rt-border' : ''}`,
    start: ordered && element.offset ? element.offset + 1 : undefined,
  }, items);
}

function richElement(element, inItem = false) {
  switch (element.type) {
    case 'rich_text_list': return list(element);
    case 'rich_text_quote': return h('blockquote', null, inlines(element.elements));
    case 'rich_text_preformatted': return h('pre', { tabindex: '0', data: { language: element.language } }, h('code', null, inlines(element.elements)));
    default: return inItem ? h('span', null, inlines(element.elements)) : h('p', null, inlines(element.elements));
  }
}

export function richText(elements) {
  return h('div', { class: 'rich-text' }, (elements || []).map((element) => richElement(element)));
}

// What the elements read as: for table cells that are sorted and for text twins.
export function richPlain(elements) {
  return richText(elements).textContent;
}
