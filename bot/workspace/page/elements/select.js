// Every select, single and multi: a button with what is chosen, and the list.
import { h, uid } from '../dom.js';
import { icon } from '../icons.js';
import { textObject } from '../mrkdwn.js';
import { closePopover, isOpen, openPopover, place as replace } from '../popover.js';
import { plural, t } from '../i18n.js';
import { asState, choices, chosenOf, describe, fromState } from './sources.js';
import { fire, hooks, keep } from './fire.js';
import { listbox } from './listbox.js';

export function select(element, place) {
  const { multi } = describe(element);
  const stored = place.surface?.register(place.block, element.action_id, asState(element, chosenOf(element)));
  const self = { element, place, multi, chosen: fromState(element, stored) };
  const textId = uid('select');
  self.text = h('span', { id: textId, class: 'select-text' });
  const names = place.labelledBy ? `${place.labelledBy} ${textId}` : undefined;
  self.node = h('button', {
    type: 'button', ...hooks(place, element), 'aria-required': undefined, 'aria-labelledby': names, class: 'select', 'aria-haspopup': 'dialog', 'aria-expanded': 'false',
  }, self.text, icon('down', 16));
  self.node.addEventListener('click', () => toggle(self));
  self.node.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    if (!isOpen(self.node)) toggle(self);
  });
  self.chips = multi ? h('span', { class: 'chips' }) : null;
  show(self);
  place.validate?.(() => (place.required && self.chosen.length === 0 ? t('invalid.required') : ''));
  return multi ? h('span', { class: 'multi' }, self.chips, self.node) : self.node;
}

function show(self) {
  const { element, chosen, multi } = self;
  const placeholder = element.placeholder ? textObject(element.placeholder) : t('select.placeholder');
  const single = !multi && chosen.length > 0;
  self.text.replaceChildren(...(single ? textObject(chosen[0].text) : [placeholder].flat()));
  self.node.classList.toggle('empty', !single);
  // Without a label beside it, the placeholder says what is chosen here.
  if (single && !self.place.labelledBy && element.placeholder) self.node.setAttribute('aria-label', `${element.placeholder.text}: ${self.text.textContent}`);
  else self.node.removeAttribute('aria-label');
  if (!multi) return;
  self.chips.replaceChildren(...chosen.map((choice) => {
    const name = h('span', null, textObject(choice.text));
    return h('span', { class: 'chip' }, name, h('button', { type: 'button', class: 'chip-x', 'aria-label': t('select.remove', { name: name.textContent }), onclick: () => change(self, self.chosen.filter((c) => c.id !== choice.id)) }, icon('close', 14)));
  }));
}

function change(self, chosen) {
  const { element, place } = self;
  const state = asState(element, chosen);
  const { type, ...payload } = state;
  return fire(place, element, payload, self.node, () => {
    self.chosen = chosen;
    // A required multi select that became empty sends an empty list, as Slack does.
    keep(place, element, state);
    show(self);
    replace();
  });
}

function toggle(self) {
  const { element, place, multi, node } = self;
  if (isOpen(node)) {
    closePopover();
    return;
  }
  const external = describe(element).kind === 'external';
  const minimum = external ? element.min_query_length ?? 3 : 0;
  const limit = element.max_selected_items || Infinity;
  const list = listbox({
    label: element.placeholder?.text, multi, minimum, pause: external ? 220 : 0,
    ask: (query) => choices(element, place, query),
    chosen: () => new Set(self.chosen.map((c) => c.id)),
    pick: (choice) => {
      if (!multi) {
        closePopover();
        change(self, [choice]);
        return;
      }
      const without = self.chosen.filter((c) => c.id !== choice.id);
      if (without.length < self.chosen.length) change(self, without);
      else if (self.chosen.length < limit) change(self, [...self.chosen, choice]);
      else list.node.querySelector('.list-note').textContent = plural('select.max', limit);
    },
  });
  openPopover(node, list.node, { match: true, label: element.placeholder?.text || t('select.placeholder'), className: 'popover-list' });
  list.refresh();
  list.search.focus();
}
