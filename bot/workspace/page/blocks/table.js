// table: rows of cells with per-column alignment; and the cells that data_table
// uses too.
import { h } from '../dom.js';
import { element } from '../elements/index.js';
import { number, t } from '../i18n.js';
import { richPlain, richText } from '../richtext.js';
import { withEmoji } from '../emoji.js';

export function cellContent(cell, surface, block) {
  switch (cell?.type) {
    case 'raw_number': return cell.text || number(cell.value, { maximumFractionDigits: 6 });
    case 'rich_text': return richText(cell.elements);
    case 'action_cell': return element(cell.element, { surface, block, live: true });
    default: return withEmoji(cell?.text || '');
  }
}

// What a cell is sorted by: a number where it is one, else its words.
export function cellKey(cell) {
  switch (cell?.type) {
    case 'raw_number': return cell.value;
    case 'rich_text': return richPlain(cell.elements);
    case 'action_cell': return cell.fallback ? cellKey(cell.fallback) : cell.element?.text?.text || '';
    default: return cell?.text || '';
  }
}

// Tables scroll within themselves, so the frame must be reachable by keyboard.
export function scrollFrame(label, grid) {
  return h('div', { class: 'table-scroll', role: 'region', tabindex: '0', 'aria-label': label || t('table.label') }, grid);
}

export function table(block, surface, id) {
  const settings = block.column_settings || [];
  const [head, ...rows] = block.rows || [];
  const look = (column, cell) => {
    const align = settings[column]?.align || (cell?.type === 'raw_number' ? 'right' : 'left');
    return `align-${/^(left|center|right)$/.test(align) ? align : 'left'}${settings[column]?.is_wrapped ? ' wrapped' : ''}`;
  };
  return scrollFrame('', h('table', { class: 'grid' },
    h('thead', null, h('tr', null, (head || []).map((cell, i) => h('th', { scope: 'col', class: look(i, cell) }, cellContent(cell, surface, id))))),
    h('tbody', null, rows.map((row) => h('tr', null, row.map((cell, i) => h('td', { class: look(i, cell) }, cellContent(cell, surface, id))))))));
}
