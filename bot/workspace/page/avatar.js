// A person as a square with initials in the colour of their profile; an app
// gets a mark of its own.
import { h, setVars } from './dom.js';
import { icon } from './icons.js';
import { displayName } from './state.js';

// White or black, whichever reads better on the colour (WCAG luminance): one of
// them always has a contrast of 4.5.
function ink(hex) {
  const [r, g, b] = [0, 2, 4].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000000' : '#ffffff';
}

// A colour that stays the same for an id that has none.
function ownColor(id) {
  const palette = ['0f766e', '9d4b1f', '4f46a5', '8a2c5b', '2f6b2f', '1f5f99', '7a5c00', '6b3fa0'];
  let sum = 0;
  for (const char of id || '') sum = (sum * 31 + char.charCodeAt(0)) % 9973;
  return palette[sum % palette.length];
}

function initials(name) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, '').split(' ').filter(Boolean);
  const first = words[0]?.[0] || '?';
  const last = words.length > 1 ? words[words.length - 1][0] : '';
  return (first + last).toUpperCase();
}

export function avatar(person, size = 'm') {
  const known = person || { id: '?', name: '?' };
  const color = /^[0-9a-f]{6}$/i.test(known.color || '') ? known.color : ownColor(known.id);
  const node = h('span', { class: `avatar avatar-${size}${known.is_bot ? ' avatar-bot' : ''}${known.deleted ? ' avatar-gone' : ''}`, 'aria-hidden': 'true' },
    known.is_bot ? icon('bolt', { s: 14, m: 20, l: 28 }[size]) : initials(displayName(known)));
  setVars(node, { '--avatar': `#${color}`, '--avatar-ink': ink(color) });
  return node;
}
