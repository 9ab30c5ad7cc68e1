// The arithmetic of an axis: round steps, and numbers as the viewer writes them.
import { number } from '../i18n.js';

// Ticks at 1, 2, 2.5 or 5 times a power of ten that cover low..high and zero.
export function ticks(low, high, wanted = 5) {
  const bottom = Math.min(0, low);
  const top = Math.max(0, high) === bottom ? bottom + 1 : Math.max(0, high);
  const rough = (top - bottom) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((f) => f * power >= rough) * power;
  const found = [];
  const from = Math.floor(bottom / step);
  const to = Math.ceil(top / step - 1e-9);
  for (let i = from; i <= to; i += 1) found.push(Number((i * step).toPrecision(12)));
  return found;
}

export const axisNumber = (value) => number(value, { maximumFractionDigits: 2 });
export const exactNumber = (value) => number(value, { maximumFractionDigits: 6 });
export const percent = (share) => number(share, { style: 'percent', maximumFractionDigits: 1 });

// A width in pixels that `text` will take in the chart's 12-pixel font: good
// enough to keep labels from touching, and it needs no layout.
export const textWidth = (text) => String(text).length * 6.6;
