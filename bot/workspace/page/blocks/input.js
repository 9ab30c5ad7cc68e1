// input: a label, one element, a hint, and what is wrong with it. Errors come
// from the page's own checks and, by block_id, from the app.
import { h, uid } from '../dom.js';
import { icon } from '../icons.js';
import { element } from '../elements/index.js';
import { textObject } from '../mrkdwn.js';
import { t } from '../i18n.js';

const GROUPED = /^(checkboxes|radio_buttons|file_input|multi_|static_|external_|users_|conversations_|channels_)/;

export function input(block, surface, id) {
  const labelId = uid('label');
  const noteId = uid('note');
  const errorId = uid('error');
  const error = h('div', { class: 'input-error', id: errorId, role: 'alert', data: { testid: 'input-error' } });
  const node = h('div', { class: 'input', data: { blockId: id } });
  const place = {
    surface, block: id, live: Boolean(block.dispatch_action), labelledBy: labelId, required: !block.optional,
    describedBy: block.hint ? `${noteId} ${errorId}` : errorId,
    validate: (check) => surface.validate(id, check),
    changed: () => { if (surface.errors[id]) { delete surface.errors[id]; showError(node, error, ''); } },
  };
  const control = element(block.element, place);
  const label = h('div', { class: 'input-label', id: labelId }, textObject(block.label), block.optional && h('span', { class: 'muted optional' }, ' ', t('modal.optional')));
  if (!GROUPED.test(block.element?.type || '')) {
    // A click on the words goes to the field, as with a label element, which
    // cannot be used because the field may stand in another wrapper.
    label.addEventListener('click', () => control.querySelector?.('input, textarea')?.focus() ?? control.focus?.());
  }
  node.append(label, control, error);
  if (block.hint) node.append(h('div', { class: 'input-hint', id: noteId }, textObject(block.hint)));
  showError(node, error, surface.errors[id] || '');
  node.showError = (text) => showError(node, error, text);
  return node;
}

function showError(node, error, text) {
  error.replaceChildren(...(text ? [icon('warning', 16), text] : []));
  node.classList.toggle('invalid', Boolean(text));
  const control = node.querySelector('[data-action-id]');
  if (text) control?.setAttribute('aria-invalid', 'true');
  else control?.removeAttribute('aria-invalid');
}

// Puts the surface's errors on the inputs that are drawn in `root` and returns
// the first input that has one.
export function showErrors(root, errors) {
  let first = null;
  for (const node of root.querySelectorAll('.input')) {
    const text = errors[node.dataset.blockId] || '';
    node.showError?.(text);
    if (text && !first) first = node;
  }
  return first;
}
