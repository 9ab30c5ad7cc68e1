// The pie: slices clockwise from twelve o'clock, in the order given.
import { svg } from '../dom.js';
import { exactNumber, percent } from './scale.js';

export function pieRows(figures) {
  const segments = (figures.segments || []).filter((s) => s.value > 0);
  const total = segments.reduce((sum, s) => sum + s.value, 0) || 1;
  return segments.map((s) => ({ label: s.label, value: s.value, share: s.value / total }));
}

export function pie(figures, width) {
  const size = Math.min(width, 220);
  const radius = size / 2 - 4;
  const middle = size / 2;
  const at = (share) => {
    const angle = 2 * Math.PI * share - Math.PI / 2;
    return `${(middle + radius * Math.cos(angle)).toFixed(2)} ${(middle + radius * Math.sin(angle)).toFixed(2)}`;
  };
  let from = 0;
  const slices = pieRows(figures).map((row, i) => {
    const to = from + row.share;
    const props = { class: `slice series-${(i % 6) + 1}`, tabindex: undefined };
    const hint = svg('title', null, `${row.label}: ${exactNumber(row.value)} (${percent(row.share)})`);
    const node = row.share > 0.9999
      ? svg('circle', { ...props, cx: middle, cy: middle, r: radius }, hint)
      : svg('path', { ...props, d: `M${middle} ${middle}L${at(from)}A${radius} ${radius} 0 ${row.share > 0.5 ? 1 : 0} 1 ${at(to)}Z` }, hint);
    from = to;
    return node;
  });
  return svg('svg', { class: 'chart-svg pie', viewBox: `0 0 ${size} ${size}`, width: size, height: size },
    svg('g', null, slices), svg('circle', { class: 'pie-hole', cx: middle, cy: middle, r: radius * 0.56 }));
}
