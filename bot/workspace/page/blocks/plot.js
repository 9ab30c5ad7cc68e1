// Bar, line and area charts on one frame: value axis, categories, marks.
import { svg } from '../dom.js';
import { axisNumber, exactNumber, textWidth, ticks } from './scale.js';

const HEIGHT = 260;

// Everything the marks need to know about the drawing area.
function frame(figures, width) {
  const series = figures.series || [];
  const names = figures.axis_config?.categories || series[0]?.data.map((p) => p.label) || [];
  const values = series.flatMap((s) => s.data.map((p) => p.value));
  const marks = ticks(Math.min(...values, 0), Math.max(...values, 0));
  const labels = marks.map(axisNumber);
  const left = Math.max(...labels.map(textWidth)) + 14 + (figures.axis_config?.y_label ? 18 : 0);
  const bottom = HEIGHT - 26 - (figures.axis_config?.x_label ? 20 : 0);
  const top = 18;
  const right = width - 8;
  const low = marks[0];
  const high = marks[marks.length - 1];
  const band = (right - left) / Math.max(1, names.length);
  return {
    series, names, marks, labels, left, right, top, bottom, band, width,
    x: (i) => left + band * (i + 0.5),
    y: (value) => bottom - ((value - low) / (high - low)) * (bottom - top),
    value: (one, name) => one.data.find((p) => p.label === name)?.value,
  };
}

function axes(f, config) {
  const lines = f.marks.map((mark, i) => [
    svg('line', { class: mark === 0 ? 'axis zero' : 'axis', x1: f.left, x2: f.right, y1: f.y(mark), y2: f.y(mark) }),
    svg('text', { class: 'tick', x: f.left - 8, y: f.y(mark) + 4, 'text-anchor': 'end' }, f.labels[i]),
  ]);
  // Labels that would touch are left out evenly; the table has them all.
  const widest = Math.max(...f.names.map(textWidth), 1) + 8;
  const every = Math.max(1, Math.ceil(widest / f.band));
  const names = f.names.map((name, i) => (i % every === 0 ? svg('text', { class: 'tick', x: f.x(i), y: f.bottom + 18, 'text-anchor': 'middle' }, name) : null));
  const middle = (f.top + f.bottom) / 2;
  return [lines, names,
    config?.x_label && svg('text', { class: 'axis-label', x: (f.left + f.right) / 2, y: HEIGHT - 6, 'text-anchor': 'middle' }, config.x_label),
    config?.y_label && svg('text', { class: 'axis-label', transform: `rotate(-90 12 ${middle})`, x: 12, y: middle, 'text-anchor': 'middle' }, config.y_label)];
}

function hint(one, name, value) {
  return svg('title', null, `${one.name}, ${name}: ${exactNumber(value)}`);
}

function bars(f) {
  const count = Math.max(1, f.series.length);
  const wide = Math.min(46, (f.band * 0.72) / count);
  const marks = f.series.map((one, s) => f.names.map((name, i) => {
    const value = f.value(one, name);
    if (value === undefined) return null;
    const x = f.x(i) + (s - count / 2) * wide + (count > 1 ? 1 : 0);
    const y = Math.min(f.y(value), f.y(0));
    const tall = Math.max(1, Math.abs(f.y(value) - f.y(0)));
    return svg('rect', { class: `bar series-${(s % 6) + 1}`, x, y, width: Math.max(2, wide - (count > 1 ? 2 : 0)), height: tall, rx: Math.min(4, wide / 4, tall / 2) }, hint(one, name, value));
  }));
  return [marks, valueLabels(f)];
}

// A lone series has room for its figures above the bars.
function valueLabels(f) {
  if (f.series.length !== 1) return null;
  const one = f.series[0];
  const widest = Math.max(...one.data.map((p) => textWidth(axisNumber(p.value)))) + 6;
  if (widest > f.band) return null;
  return f.names.map((name, i) => {
    const value = f.value(one, name);
    if (value === undefined) return null;
    return svg('text', { class: 'mark-label', x: f.x(i), y: value < 0 ? f.y(value) + 14 : f.y(value) - 6, 'text-anchor': 'middle' }, axisNumber(value));
  });
}

function lines(f, filled) {
  return f.series.map((one, s) => {
    const look = `series-${(s % 6) + 1}`;
    const points = f.names.map((name, i) => ({ name, value: f.value(one, name), x: f.x(i) })).filter((p) => p.value !== undefined).map((p) => ({ ...p, y: f.y(p.value) }));
    if (points.length === 0) return null;
    const path = points.map((p, i) => `${i ? 'L' : 'M'}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join('');
    const base = f.y(0).toFixed(1);
    return [
      filled && svg('path', { class: `area ${look}`, d: `${path}L${points.at(-1).x.toFixed(1)} ${base}L${points[0].x.toFixed(1)} ${base}Z` }),
      svg('path', { class: `line ${look}`, d: path }),
      points.map((p) => svg('circle', { class: `dot ${look}`, cx: p.x, cy: p.y, r: 4 }, hint(one, p.name, p.value))),
    ];
  });
}

export function plot(figures, width) {
  const f = frame(figures, width);
  const marks = figures.type === 'bar' ? bars(f) : lines(f, figures.type === 'area');
  return svg('svg', { class: 'chart-svg', viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT }, axes(f, figures.axis_config), marks);
}
