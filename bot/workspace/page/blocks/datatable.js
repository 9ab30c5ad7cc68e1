// data_table: a caption, columns one can sort, and pages of rows.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { intlTag, number, t } from '../i18n.js';
import { cellContent, cellKey, scrollFrame } from './table.js';

// A column of only numbers is sorted as numbers, as Slack does.
const isNumeric = (rows, column) => rows.length > 0 && rows.every((row) => row[column]?.type === 'raw_number');

export function dataTable(block, surface, id) {
  const [head = [], ...rows] = block.rows || [];
  const size = block.page_size || 5;
  const rowHead = block.row_header_column_index || 0;
  const numeric = head.map((_, column) => isNumeric(rows, column));
  const view = { column: -1, down: false, from: 0, order: rows };
  const body = h('tbody');
  const place = h('span', { class: 'pager-place', 'aria-live': 'polite' });
  const turn = (step, name, label) => h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, data: { testid: `table-${name}` }, onclick: () => { view.from += step * size; draw(); } }, icon(name === 'prev' ? 'left' : 'right', 16));
  const prev = turn(-1, 'prev', t('table.prev'));
  const next = turn(1, 'next', t('table.next'));

  const heads = head.map((cell, column) => {
    const words = cellContent(cell);
    const button = h('button', { type: 'button', class: 'sort', title: t('table.sort', { name: cell.text || '' }), data: { column: String(column) } }, h('span', null, words), icon('sort', 14));
    button.addEventListener('click', () => sortBy(column));
    return h('th', { scope: 'col', class: numeric[column] ? 'align-right' : 'align-left', 'aria-sort': 'none' }, button);
  });

  function sortBy(column) {
    // First press up, second down, third as the app sent it.
    if (view.column !== column) Object.assign(view, { column, down: false });
    else if (!view.down) view.down = true;
    else Object.assign(view, { column: -1, down: false });
    const sign = view.down ? -1 : 1;
    const words = new Intl.Collator(intlTag(), { numeric: true, sensitivity: 'base' });
    const compare = numeric[column] ? (a, b) => cellKey(a[column]) - cellKey(b[column]) : (a, b) => words.compare(cellKey(a[column]), cellKey(b[column]));
    view.order = view.column === -1 ? rows : [...rows].sort((a, b) => sign * compare(a, b));
    view.from = 0;
    heads.forEach((th, i) => {
      const state = i !== view.column ? 'none' : view.down ? 'descending' : 'ascending';
      th.setAttribute('aria-sort', state);
      th.querySelector('.icon').replaceWith(icon({ none: 'sort', ascending: 'up', descending: 'down' }[state], 14));
    });
    draw();
  }

  function draw() {
    const page = view.order.slice(view.from, view.from + size);
    body.replaceChildren(...page.map((row) => h('tr', null, row.map((cell, i) => h(i === rowHead ? 'th' : 'td', { scope: i === rowHead ? 'row' : undefined, class: numeric[i] ? 'align-right' : 'align-left' }, cellContent(cell, surface, id))))));
    place.textContent = t('table.page', { from: number(rows.length ? view.from + 1 : 0), to: number(Math.min(rows.length, view.from + size)), n: number(rows.length) });
    prev.disabled = view.from === 0;
    next.disabled = view.from + size >= rows.length;
  }

  draw();
  return h('div', { class: 'data-table' },
    scrollFrame(block.caption, h('table', { class: 'grid' }, h('caption', null, block.caption), h('thead', null, h('tr', null, heads)), body)),
    rows.length > size && h('div', { class: 'pager' }, prev, place, next));
}
