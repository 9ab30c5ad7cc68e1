// Short lines that come and go at the bottom of the window.
import { h } from './dom.js';

export function toast(text, kind = 'plain') {
  const node = h('div', { class: `toast toast-${kind}` }, text);
  document.getElementById('toasts').append(node);
  setTimeout(() => {
    node.classList.add('leaving');
    setTimeout(() => node.remove(), 300);
  }, kind === 'bad' ? 7000 : 3500);
}
