// button, workflow_button, icon_button and feedback_buttons.
import { h, link, safeUrl } from '../dom.js';
import { icon } from '../icons.js';
import { textObject } from '../mrkdwn.js';
import { state } from '../state.js';
import { fire, hooks } from './fire.js';

const hidden = (element) => element.visible_to_user_ids?.length && !element.visible_to_user_ids.includes(state.me);

const STYLE = { primary: ' primary', danger: ' danger' };

export function button(element, place) {
  if (hidden(element)) return null;
  const payload = { value: element.value, text: element.text };
  const href = element.url && safeUrl(element.url);
  const props = {
    ...hooks(place, element), class: `button${STYLE[element.style] || ''}`,
    'aria-label': element.accessibility_label, 'aria-labelledby': undefined,
  };
  if (href) {
    const node = link(href, textObject(element.text), icon('globe', 16));
    for (const [name, value] of Object.entries({ class: `${props.class} button-link`, 'aria-label': element.accessibility_label })) if (value) node.setAttribute(name, value);
    Object.assign(node.dataset, { actionId: element.action_id, blockId: place.block });
    node.addEventListener('click', () => fire({ ...place, live: Boolean(element.action_id) }, { ...element, confirm: null }, payload, node));
    return node;
  }
  const node = h('button', { type: 'button', ...props }, h('span', null, textObject(element.text)));
  node.addEventListener('click', () => {
    // A second press while the first is under way would be a second act.
    if (!node.classList.contains('busy')) fire(place, element, payload, node);
  });
  return node;
}

export function iconButton(element, place) {
  if (hidden(element)) return null;
  const label = element.accessibility_label || element.text?.text;
  const node = h('button', { type: 'button', ...hooks(place, element), class: 'icon-button', 'aria-label': label, title: label, 'aria-labelledby': undefined }, icon(element.icon === 'trash' ? 'trash' : 'more', 18));
  node.addEventListener('click', () => fire(place, element, { value: element.value, text: element.text }, node));
  return node;
}

export function feedbackButtons(element, place) {
  const one = (part, name) => {
    const label = part.accessibility_label || part.text?.text;
    const node = h('button', { type: 'button', ...hooks(place, element), class: 'icon-button', 'aria-label': label, title: label, 'aria-labelledby': undefined, 'aria-pressed': 'false' }, icon(name, 18));
    node.addEventListener('click', () => {
      for (const other of node.parentNode.children) other.setAttribute('aria-pressed', String(other === node));
      fire(place, element, { value: part.value, text: part.text }, node);
    });
    return node;
  };
  return h('span', { class: 'feedback', role: 'group' }, one(element.positive_button, 'thumbup'), one(element.negative_button, 'thumbdown'));
}
