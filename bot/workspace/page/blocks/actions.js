// actions and context_actions: up to 25 elements in a row that wraps.
import { h } from '../dom.js';
import { element } from '../elements/index.js';

export function actions(block, surface, id) {
  return h('div', { class: 'actions' }, (block.elements || []).map((one) => element(one, { surface, block: id, live: true })));
}
