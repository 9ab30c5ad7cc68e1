// The markdown block: CommonMark's everyday part (headings, emphasis, lists,
// quotations, fences, tables, links), drawn as nodes. Raw HTML stays text.
import { h, link } from './dom.js';
import { withEmoji } from './emoji.js';

const INLINE = [
  [/^`([^`\n]+)`/, (m) => h('code', null, m[1])],
  [/^\*\*(?=\S)([\s\S]*?\S)\*\*/, (m) => h('strong', null, inline(m[1]))],
  [/^__(?=\S)([\s\S]*?\S)__/, (m) => h('strong', null, inline(m[1]))],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (m) => h('s', null, inline(m[1]))],
  [/^\*(?=\S)([^*]*?\S)\*/, (m) => h('em', null, inline(m[1]))],
  [/^_(?=\S)([^_]*?\S)_(?![\p{L}\p{N}])/u, (m) => h('em', null, inline(m[1]))],
  [/^!?\[([^\]]*)\]\(([^)\s]+)(?:\s+"[^"]*")?\)/, (m) => link(m[2], inline(m[1]))],
  [/^<((?:https?:\/\/|mailto:)[^>\s]+)>/, (m) => link(m[1], m[1])],
  [/^https?:\/\/[^\s<>)\]]+/, (m) => link(m[0], m[0])],
  [/^\\([\\`*_{}[\]()#+\-.!~|>])/, (m) => m[1]],
  [/^(?: {2,}|\\)\n/, () => h('br')],
];

// Marks may open only here; elsewhere the text is copied in one go.
const STOP = /[`*_~[!<\\h ]/;

function inline(text) {
  const nodes = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    const found = STOP.test(text[at]) ? match(text, at) : null;
    if (found) {
      if (plain) nodes.push(withEmoji(plain));
      plain = '';
      nodes.push(found.node);
      at += found.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) nodes.push(withEmoji(plain));
  return nodes;
}

function match(text, at) {
  if (text[at] === '_' && at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1])) return null;
  const rest = text.slice(at);
  for (const [pattern, draw] of INLINE) {
    const m = pattern.exec(rest);
    if (m) return { node: draw(m), length: m[0].length };
  }
  return null;
}

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const cells = (line) => line.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
const isRule = (line) => /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(line) && line.includes('-');

function table(rows) {
  const align = cells(rows[1]).map((cell) => (cell.endsWith(':') ? (cell.startsWith(':') ? 'center' : 'right') : 'left'));
  const row = (line, tag) => h('tr', null, cells(line).map((cell, i) => h(tag, { class: `align-${align[i] || 'left'}`, scope: tag === 'th' ? 'col' : undefined }, inline(cell))));
  return h('div', { class: 'table-scroll', tabindex: '0', role: 'group' },
    h('table', { class: 'grid' }, h('thead', null, row(rows[0], 'th')), h('tbody', null, rows.slice(2).map((line) => row(line, 'td')))));
}

function list(items) {
  const ordered = /\d/.test(items[0].mark);
  const node = h(ordered ? 'ol' : 'ul', { start: ordered && Number.parseInt(items[0].mark, 10) !== 1 ? Number.parseInt(items[0].mark, 10) : undefined });
  for (let i = 0; i < items.length;) {
    let end = i + 1;
    while (end < items.length && items[end].depth > items[i].depth) end += 1;
    const [, ticked, words] = /^\[([ xX])\]\s+(.*)$/.exec(items[i].text) || [null, null, items[i].text];
    const box = ticked === null ? null : h('span', { 'aria-hidden': 'true' }, ticked === ' ' ? '☐ ' : '☑ ');
    node.append(h('li', null, box, inline(words), end > i + 1 ? list(items.slice(i + 1, end)) : null));
    i = end;
  }
  return node;
}

// Each reader looks at the lines from `at` and returns [node, next] or null.
const READERS = [
  function fence(lines, at) {
    const [, mark] = /^\s*(```+|~~~+)/.exec(lines[at]) || [];
    if (!mark) return null;
    let end = at + 1;
    while (end < lines.length && !lines[end].trim().startsWith(mark)) end += 1;
    return [h('pre', { tabindex: '0' }, h('code', null, lines.slice(at + 1, end).join('\n'))), end + 1];
  },
  function heading(lines, at) {
    const [, marks, text] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines[at]) || [];
    // A message's headings stand below the channel's own h1.
    return marks ? [h(`h${Math.min(6, marks.length + 2)}`, { class: `md-h${marks.length}` }, inline(text)), at + 1] : null;
  },
  function rule(lines, at) {
    return /^\s*([-*_])(\s*\1){2,}\s*$/.test(lines[at]) ? [h('hr'), at + 1] : null;
  },
  function quote(lines, at, depth) {
    // Deeper than anyone quotes it stays text: ten thousand marks in a row
    // must not exhaust the stack.
    if (depth > 8) return null;
    let end = at;
    while (end < lines.length && /^\s*>/.test(lines[end])) end += 1;
    return end > at ? [h('blockquote', null, blocks(lines.slice(at, end).map((line) => line.replace(/^\s*>\s?/, '')), depth + 1)), end] : null;
  },
  function grid(lines, at) {
    if (!lines[at].includes('|') || !isRule(lines[at + 1] || '') || !lines[at + 1].includes('|')) return null;
    let end = at + 2;
    while (end < lines.length && lines[end].includes('|')) end += 1;
    return [table(lines.slice(at, end)), end];
  },
  function items(lines, at) {
    const found = [];
    let end = at;
    for (; end < lines.length; end += 1) {
      const m = ITEM.exec(lines[end]);
      if (m) found.push({ depth: m[1].length, mark: m[2], text: m[3] });
      else if (found.length && /^\s+\S/.test(lines[end])) found[found.length - 1].text += `\n${lines[end].trim()}`;
      else break;
    }
    return found.length ? [list(found), end] : null;
  },
];

function blocks(lines, depth = 0) {
  const nodes = [];
  let paragraph = [];
  const flush = () => {
    if (paragraph.length) nodes.push(h('p', null, inline(paragraph.join('\n'))));
    paragraph = [];
  };
  for (let at = 0; at < lines.length;) {
    const read = lines[at].trim() === '' ? null : READERS.map((reader) => reader(lines, at, depth)).find(Boolean);
    if (read || lines[at].trim() === '') flush();
    if (read) nodes.push(read[0]);
    else if (lines[at].trim() !== '') paragraph.push(lines[at]);
    at = read ? read[1] : at + 1;
  }
  flush();
  return nodes;
}

export function markdown(text) {
  return h('div', { class: 'markdown' }, blocks(String(text ?? '').replace(/\r\n?/g, '\n').split('\n')));
}
