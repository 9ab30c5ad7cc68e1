// From a block's type to what draws it. A block that cannot be drawn says so
// and leaves the others alone.
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { markdown } from '../markdown.js';
import { richText } from '../richtext.js';
import { actions } from './actions.js';
import { alertBlock, card, carousel, container, plan, taskCard } from './boxes.js';
import { chart } from './chart.js';
import { dataTable } from './datatable.js';
import { input } from './input.js';
import { context, file, header, image, video } from './media.js';
import { section } from './section.js';
import { table } from './table.js';

const DRAW = {
  section, header, context, image, video, file, actions, context_actions: actions, input, table, data_table: dataTable, data_visualization: chart,
  divider: () => h('hr', { class: 'divider' }),
  rich_text: (block) => richText(block.elements),
  markdown: (block) => markdown(block.text),
  alert: alertBlock, container, card, carousel, plan, task_card: taskCard,
};

function drawBlock(block, surface, index = 0) {
  const id = block.block_id || `b${index}`;
  const draw = DRAW[block.type];
  let node;
  try {
    node = draw ? draw(block, surface, id, drawBlocks) : h('p', { class: 'muted' }, t('block.unknown', { type: block.type || '?' }));
  } catch (error) {
    console.error('block', block.type, error);
    node = h('p', { class: 'muted' }, t('block.broken'));
  }
  return h('div', { class: `block block-${block.type}`, data: { blockId: id } }, node);
}

// `prefix` keeps the made-up ids of nested blocks apart.
export function drawBlocks(blocks, surface, prefix = '') {
  return (blocks || []).map((block, index) => drawBlock(block, surface, prefix + index));
}
