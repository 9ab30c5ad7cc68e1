// The app's Home tab: its view, drawn like a message's blocks.
import { drawBlocks } from './blocks/index.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';
import { on, state } from './state.js';
import { surfaceFor } from './surface.js';

export function homeView() {
  const root = h('div', { class: 'scroll home', data: { testid: 'home' } });
  const draw = () => {
    const scroll = root.scrollTop;
    const action = root.contains(document.activeElement) ? document.activeElement.dataset.actionId : null;
    root.replaceChildren(inside());
    root.scrollTop = scroll;
    if (action) [...root.querySelectorAll('[data-action-id]')].find((n) => n.dataset.actionId === action)?.focus({ preventScroll: true });
  };
  const off = on('home', () => (root.isConnected || !root.shown ? draw() : off()));
  requestAnimationFrame(() => { root.shown = true; });
  draw();
  return root;
}

function inside() {
  if (state.home === undefined) return h('p', { class: 'loading' }, t('home.loading'));
  if (!state.home) {
    return h('div', { class: 'welcome welcome-empty' }, h('span', { class: 'welcome-mark', 'aria-hidden': 'true' }, icon('home', 28)), h('p', null, t('home.empty', { name: state.app?.name })));
  }
  const surface = surfaceFor({ kind: 'home', view: state.home.id });
  return h('div', { class: 'blocks home-blocks' }, drawBlocks(state.home.blocks, surface));
}
