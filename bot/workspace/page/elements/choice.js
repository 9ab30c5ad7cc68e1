// checkboxes and radio_buttons.
import { h, uid } from '../dom.js';
import { textObject } from '../mrkdwn.js';
import { t } from '../i18n.js';
import { fire, hooks, keep } from './fire.js';

function group(element, place, kind, isChosen, onpick) {
  const name = uid(kind);
  const rows = (element.options || []).map((option) => {
    const id = uid('choice');
    const input = h('input', {
      type: kind, id, name, checked: isChosen(option), data: { value: option.value, actionId: element.action_id, testid: 'choice' },
      onchange: () => onpick(option, input),
    });
    return h('label', { class: 'choice', for: id }, input,
      h('span', { class: 'choice-text' }, h('span', null, textObject(option.text)), option.description && h('span', { class: 'choice-note' }, textObject(option.description))));
  });
  const props = hooks(place, element);
  return h('div', { ...props, 'aria-required': kind === 'radio' ? props['aria-required'] : undefined, class: 'choices', role: kind === 'radio' ? 'radiogroup' : 'group', tabindex: undefined }, rows);
}

export function checkboxes(element, place) {
  const stored = place.surface.register(place.block, element.action_id, { type: element.type, selected_options: element.initial_options || [] });
  let chosen = stored.selected_options;
  const node = group(element, place, 'checkbox', (option) => chosen.some((o) => o.value === option.value), async (option, input) => {
    const without = chosen.filter((o) => o.value !== option.value);
    // In the order of the options, as Slack reports them.
    const next = input.checked ? element.options.filter((o) => o === option || without.some((w) => w.value === o.value)) : without;
    const sent = await fire(place, element, { selected_options: next }, node, () => {
      chosen = next;
      keep(place, element, { type: element.type, selected_options: chosen });
    });
    if (!sent) input.checked = !input.checked;
  });
  place.validate?.(() => (place.required && chosen.length === 0 ? t('invalid.required') : ''));
  return node;
}

export function radioButtons(element, place) {
  const stored = place.surface.register(place.block, element.action_id, { type: element.type, selected_option: element.initial_option || null });
  let chosen = stored.selected_option;
  const node = group(element, place, 'radio', (option) => chosen?.value === option.value, async (option) => {
    const sent = await fire(place, element, { selected_option: option }, node, () => {
      chosen = option;
      keep(place, element, { type: element.type, selected_option: option });
    });
    if (!sent) for (const input of node.querySelectorAll('input')) input.checked = input.dataset.value === chosen?.value;
  });
  place.validate?.(() => (place.required && !chosen ? t('invalid.required') : ''));
  return node;
}
