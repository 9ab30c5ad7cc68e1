// data_visualization: drawn as SVG at the width there is, with a legend and a
// table of the same figures for who would rather read them.
import { h, svg, uid } from '../dom.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import { pie, pieRows } from './pie.js';
import { plot } from './plot.js';
import { exactNumber, percent } from './scale.js';
import { scrollFrame } from './table.js';

export function chart(block) {
  const figures = block.chart || {};
  const isPie = figures.type === 'pie';
  const titleId = uid('chart');
  const descId = uid('chart');
  const canvas = h('div', { class: 'chart-canvas' });
  const picture = h('div', { class: 'chart-picture' }, canvas, legend(figures, isPie));
  const twin = twinTable(block.title, figures, isPie);
  twin.hidden = true;
  const words = [svg('title', { id: titleId }, `${t(`chart.${figures.type}`)}: ${block.title}`), svg('desc', { id: descId }, description(figures, isPie))];
  let width = 0;
  const draw = (wide) => {
    width = wide;
    const root = isPie ? pie(figures, wide) : plot(figures, wide);
    root.setAttribute('role', 'img');
    root.setAttribute('aria-labelledby', `${titleId} ${descId}`);
    root.prepend(...words);
    canvas.replaceChildren(root);
  };
  // Text in a scaled picture would shrink on a phone, so it is drawn anew.
  new ResizeObserver(([entry]) => {
    const wide = Math.round(entry.contentRect.width);
    if (wide > 40 && wide !== width) draw(wide);
  }).observe(canvas);
  draw(520);

  const toggle = h('button', { type: 'button', class: 'link-button chart-toggle', data: { testid: 'chart-toggle' } });
  const label = () => toggle.replaceChildren(icon(twin.hidden ? 'table' : 'chart', 16), t(twin.hidden ? 'chart.table' : 'chart.chart'));
  toggle.addEventListener('click', () => {
    twin.hidden = !twin.hidden;
    picture.hidden = !twin.hidden;
    label();
  });
  label();
  return h('figure', { class: `chart chart-${isPie ? 'pie' : figures.type}` }, h('figcaption', { class: 'chart-head' }, h('span', { class: 'chart-title' }, block.title), toggle), picture, twin);
}

function legend(figures, isPie) {
  if (isPie) {
    return h('ul', { class: 'legend legend-pie' }, pieRows(figures).map((row, i) => h('li', null, key(i), h('span', { class: 'legend-name' }, row.label), h('span', { class: 'legend-value' }, `${exactNumber(row.value)} · ${percent(row.share)}`))));
  }
  if ((figures.series || []).length < 2) return null;
  return h('ul', { class: 'legend' }, figures.series.map((series, i) => h('li', null, key(i), h('span', { class: 'legend-name' }, series.name))));
}

const key = (i) => h('span', { class: `legend-key series-${(i % 6) + 1}`, 'aria-hidden': 'true' });

// The same figures in words, for who can not see the drawing.
function description(figures, isPie) {
  if (isPie) return pieRows(figures).map((row) => `${row.label}: ${exactNumber(row.value)} (${percent(row.share)})`).join('; ');
  return (figures.series || []).map((series) => `${series.name}: ${series.data.map((point) => `${point.label} ${exactNumber(point.value)}`).join(', ')}`).join('. ');
}

function twinTable(title, figures, isPie) {
  const head = isPie ? [t('chart.name'), t('chart.value'), t('chart.share')] : [figures.axis_config?.x_label || t('chart.name'), ...(figures.series || []).map((s) => s.name)];
  const rows = isPie
    ? pieRows(figures).map((row) => [row.label, exactNumber(row.value), percent(row.share)])
    : (figures.axis_config?.categories || []).map((name) => [name, ...figures.series.map((s) => {
      const point = s.data.find((p) => p.label === name);
      return point ? exactNumber(point.value) : '';
    })]);
  const cell = (tag, scope) => (text, i) => h(i === 0 && scope === 'row' ? 'th' : tag, { scope: tag === 'th' ? scope : i === 0 ? 'row' : undefined, class: i ? 'align-right' : 'align-left' }, text);
  return scrollFrame(title, h('table', { class: 'grid' }, h('caption', { class: 'sr-only' }, title), h('thead', null, h('tr', null, head.map(cell('th', 'col')))), h('tbody', null, rows.map((row) => h('tr', null, row.map(cell('td', 'row')))))));
}
