// Modals: the top of the viewer's stack in a dialog that keeps the focus, with
// its own checks before a submission and the app's errors after it.
import { drawBlocks } from './blocks/index.js';
import { showErrors } from './blocks/input.js';
import { h, uid } from './dom.js';
import { icon } from './icons.js';
import { plural, t } from './i18n.js';
import { textObject } from './mrkdwn.js';
import { closePopover } from './popover.js';
import { send } from './socket.js';
import { emit, on, state } from './state.js';
import { forgetView, showBusy, surfaceFor } from './surface.js';
import { begin } from './working.js';

let dialog = null;
let shown = [];
let back = null;

export function modals() {
  on('modals', draw);
  on('frame:view_errors', ({ view, errors }) => {
    const top = state.modals.at(-1);
    if (!dialog || top?.id !== view) return;
    dialog.surface.errors = { ...errors };
    tell(errors);
  });
}

function draw() {
  const top = state.modals.at(-1);
  for (const id of shown) if (!state.modals.some((view) => view.id === id)) forgetView(id);
  const before = shown.at(-1);
  shown = state.modals.map((view) => view.id);
  if (!top) {
    shut();
    return;
  }
  if (!dialog) create();
  fill(top, before === top.id);
}

function create() {
  back = document.activeElement;
  closePopover(false);
  dialog = h('dialog', { class: 'dialog modal', data: { testid: 'modal' } });
  dialog.addEventListener('cancel', (event) => {
    // Esc: the server decides what is left of the stack.
    event.preventDefault();
    leave(false);
  });
  dialog.addEventListener('close', (event) => {
    if (event.target === dialog) shut();
  });
  document.body.append(dialog);
  dialog.showModal();
}

// The dialog goes at once: its close event comes later, and by then the next
// modal may have come.
function shut() {
  if (!dialog) return;
  const gone = dialog;
  dialog = null;
  gone.close();
  gone.remove();
  if (back?.isConnected) back.focus();
  else document.querySelector('[data-testid="composer"]')?.focus();
  back = null;
}

function leave(cleared) {
  const top = state.modals.at(-1);
  if (!top) return;
  send({ type: 'close', view: top.id, is_cleared: cleared });
  // The page does not wait for the server to take a closed modal away.
  state.modals = cleared ? [] : state.modals.slice(0, -1);
  emit('modals');
}

const GENERIC = '.modal-body [data-focus], .modal-body input:not([type=file]), .modal-body textarea, .modal-body select, .modal-body button';

function fill(view, same) {
  const surface = surfaceFor({ kind: 'modal', view: view.id });
  const titleId = uid('modal');
  const scroll = same ? dialog.querySelector('.modal-body')?.scrollTop || 0 : 0;
  const active = document.activeElement;
  const focused = same && dialog.contains(active) ? { action: active.dataset.actionId, at: active.selectionStart, testid: active.dataset.testid } : null;
  if (same) surface.errors = {};
  dialog.surface = surface;
  dialog.dataset.view = view.id;
  dialog.dataset.callbackId = view.callback_id || '';
  dialog.setAttribute('aria-labelledby', titleId);
  const summary = h('div', { class: 'modal-summary', role: 'status' });
  const submit = view.submit && h('button', { type: 'submit', class: 'button primary', disabled: Boolean(view.submit_disabled), data: { testid: 'modal-submit' } }, h('span', null, textObject(view.submit)));
  const form = h('form', { class: 'modal-form', novalidate: true },
    h('div', { class: 'modal-head' },
      state.modals.length > 1 && h('button', { type: 'button', class: 'icon-button', 'aria-label': t('modal.back'), title: t('modal.back'), data: { testid: 'modal-back' }, onclick: () => leave(false) }, icon('back')),
      h('h2', { class: 'modal-title', id: titleId, tabindex: '-1' }, textObject(view.title)),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': t('modal.close'), title: t('modal.close'), data: { testid: 'modal-x' }, onclick: () => leave(state.modals.length > 1) }, icon('close'))),
    h('div', { class: 'modal-body', tabindex: '-1' }, h('div', { class: 'blocks' }, drawBlocks(view.blocks, surface)), summary),
    h('div', { class: 'modal-foot' },
      h('button', { type: 'button', class: 'button', data: { testid: 'modal-close' }, onclick: () => leave(false) }, view.close ? textObject(view.close) : t(view.submit ? 'confirm.no' : 'modal.close')), submit));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submitView(view, surface, submit);
  });
  dialog.replaceChildren(form);
  dialog.querySelector('.modal-body').scrollTop = scroll;
  refocus(focused);
}

function refocus(focused) {
  if (focused) {
    const same = [...dialog.querySelectorAll('[data-action-id], [data-testid]')].find((n) => (focused.action ? n.dataset.actionId === focused.action : focused.testid && n.dataset.testid === focused.testid));
    if (same) {
      same.focus({ preventScroll: true });
      if (typeof focused.at === 'number' && same.setSelectionRange && same.type !== 'email') same.setSelectionRange(focused.at, focused.at);
      return;
    }
  }
  const first = dialog.querySelector('.modal-body [data-focus]') || dialog.querySelector(GENERIC) || dialog.querySelector('.modal-title');
  first.focus();
}

function submitView(view, surface, control) {
  if (!control || control.classList.contains('busy') || control.disabled) return;
  const problems = surface.problems();
  if (Object.keys(problems).length > 0) {
    tell(problems);
    return;
  }
  tell({});
  const key = begin((busy) => showBusy(control, busy));
  send({ type: 'submit', view: view.id, state: surface.state(), key });
}

// Says in the open modal that something failed; false when none is open.
export function failInModal(text) {
  if (!dialog) return false;
  const summary = dialog.querySelector('.modal-summary');
  summary.textContent = text;
  summary.classList.add('bad');
  summary.scrollIntoView({ block: 'nearest' });
  return true;
}

// Shows what is wrong beside each field, counts it, and goes to the first.
function tell(errors) {
  dialog.surface.errors = { ...errors };
  const first = showErrors(dialog, errors);
  const count = Object.keys(errors).length;
  const summary = dialog.querySelector('.modal-summary');
  const drawn = dialog.querySelectorAll('.input.invalid').length;
  // Errors for blocks that are not inputs would otherwise be said nowhere.
  const lost = Object.entries(errors).filter(([block]) => ![...dialog.querySelectorAll('.input.invalid')].some((n) => n.dataset.blockId === block)).map(([, text]) => text);
  summary.textContent = lost.length ? lost.join(' ') : count ? plural('modal.problems', drawn) : '';
  summary.classList.toggle('bad', count > 0);
  first?.querySelector('[data-action-id]:not(div), input, textarea, button')?.focus();
}
