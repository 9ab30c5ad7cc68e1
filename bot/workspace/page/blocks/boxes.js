// Blocks that frame other content: alert, container, card, carousel, plan and
// task_card.
import { h, safeUrl } from '../dom.js';
import { element } from '../elements/index.js';
import { imageUrl } from '../files.js';
import { icon } from '../icons.js';
import { textObject } from '../mrkdwn.js';
import { richText } from '../richtext.js';

const LEVELS = { default: 'info', info: 'info', warning: 'warning', error: 'warning', success: 'check' };

export function alertBlock(block) {
  const level = LEVELS[block.level] ? block.level : 'default';
  return h('div', { class: `alert alert-${level}`, role: level === 'error' ? 'alert' : 'note' }, icon(LEVELS[level]), h('div', null, textObject(block.text)));
}

const small = (one) => one && h('img', { class: 'box-icon', src: safeUrl(imageUrl(one)), alt: one.alt_text || '' });

export function container(block, surface, id, drawBlocks) {
  const title = block.rich_text_title ? richText(block.rich_text_title.elements) : textObject(block.title);
  const head = [small(block.icon), h('span', { class: 'box-words' }, h('span', { class: 'box-title' }, title), block.subtitle && h('span', { class: 'box-subtitle' }, textObject(block.subtitle)))];
  const body = h('div', { class: 'box-body' }, drawBlocks(block.child_blocks, surface, `${id}.`));
  const name = `box box-${/^(narrow|wide|full)$/.test(block.width || '') ? block.width : 'standard'}`;
  if (block.is_collapsible) {
    return h('details', { class: name, open: !block.default_collapsed }, h('summary', { class: 'box-head' }, icon('right', 16), head), body);
  }
  return h('div', { class: name }, h('div', { class: `box-head${block.has_header_divider ? ' ruled' : ''}` }, head), body);
}

export function card(block, surface, id) {
  return h('div', { class: 'card' },
    block.hero_image && h('img', { class: 'card-hero', src: safeUrl(imageUrl(block.hero_image)), alt: block.hero_image.alt_text || '' }),
    h('div', { class: 'box-head' }, small(block.icon), h('span', { class: 'box-words' }, h('span', { class: 'box-title' }, textObject(block.title)), block.subtitle && h('span', { class: 'box-subtitle' }, textObject(block.subtitle)))),
    block.body && h('div', null, textObject(block.body)),
    block.subtext && h('div', { class: 'muted' }, textObject(block.subtext)),
    block.actions?.length > 0 && h('div', { class: 'actions' }, block.actions.map((one) => element(one, { surface, block: id, live: true }))));
}

export function carousel(block, surface, id) {
  return h('div', { class: 'carousel', role: 'group', tabindex: '0' }, (block.elements || []).map((one, index) => card(one, surface, one.block_id || `${id}.${index}`)));
}

const STATUS = { complete: 'check', in_progress: 'clock', error: 'warning', pending: 'more' };

export function taskCard(block) {
  return h('div', { class: `task task-${STATUS[block.status] ? block.status : 'pending'}` }, icon(STATUS[block.status] || 'more', 18),
    h('div', null, !block.hide_title && h('strong', null, block.title), block.details && richText(block.details.elements), block.output && richText(block.output.elements)));
}

export function plan(block) {
  return h('div', { class: 'box' }, h('div', { class: 'box-head' }, h('span', { class: 'box-title' }, block.title)), (block.tasks || []).map(taskCard));
}
