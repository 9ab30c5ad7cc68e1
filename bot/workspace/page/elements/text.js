// The fields one types in: plain_text_input, number_input, email_text_input,
// url_text_input and rich_text_input (written as plain paragraphs).
import { h } from '../dom.js';
import { number, t } from '../i18n.js';
import { richPlain } from '../richtext.js';
import { fire, hooks, keep } from './fire.js';

const INPUT = {
  plain_text_input: { type: 'text' },
  number_input: { type: 'text', inputmode: 'decimal' },
  email_text_input: { type: 'email', autocomplete: 'email' },
  url_text_input: { type: 'url', inputmode: 'url' },
};

// What is wrong with the text, in the viewer's words; '' when nothing is.
function problem(element, text, required) {
  if (text === '') return required ? t('invalid.required') : '';
  if (element.min_length && text.length < element.min_length) return t('invalid.min', { n: element.min_length });
  if (element.max_length && text.length > element.max_length) return t('invalid.max', { n: element.max_length });
  if (element.type === 'number_input') return numberProblem(element, text);
  if (element.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return t('invalid.email');
  if (element.type === 'url_text_input' && !/^https?:\/\/[^\s]+\.[^\s]+$/i.test(text)) return t('invalid.url');
  return '';
}

function numberProblem(element, text) {
  const value = Number(plainNumber(text));
  if (!Number.isFinite(value)) return t('invalid.number');
  if (!element.is_decimal_allowed && !Number.isInteger(value)) return t('invalid.integer');
  if (element.min_value !== undefined && value < Number(element.min_value)) return t('invalid.low', { n: number(Number(element.min_value)) });
  if (element.max_value !== undefined && value > Number(element.max_value)) return t('invalid.high', { n: number(Number(element.max_value)) });
  return '';
}

// Slack's state holds a decimal point; people here type a comma.
const plainNumber = (text) => text.trim().replace(/(\d)[.\s](?=\d{3}(\D|$))/g, text.includes(',') ? '$1' : '$&').replace(',', '.');

function asState(element, text) {
  if (element.type === 'rich_text_input') {
    const elements = text === '' ? [] : [{ type: 'text', text }];
    return { type: element.type, rich_text_value: { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] } };
  }
  if (text === '') return { type: element.type, value: null };
  return { type: element.type, value: element.type === 'number_input' ? plainNumber(text) : text };
}

function initialText(element) {
  if (element.type === 'rich_text_input') return element.initial_value ? richPlain(element.initial_value.elements) : '';
  return element.initial_value || '';
}

const textOf = (value) => (value?.rich_text_value ? richPlain(value.rich_text_value.elements) : value?.value || '');

function counter(field, element) {
  if (!element.max_length) return null;
  const node = h('span', { class: 'counter', 'aria-hidden': 'true' });
  const show = () => {
    const left = element.max_length - field.value.length;
    // Slack starts counting when the end comes in sight.
    node.textContent = left <= Math.max(20, element.max_length * 0.1) ? String(left) : '';
    node.classList.toggle('over', left < 0);
  };
  field.addEventListener('input', show);
  show();
  return node;
}

export function textInput(element, place) {
  const stored = place.surface.register(place.block, element.action_id, asState(element, initialText(element)));
  const many = element.multiline || element.type === 'rich_text_input';
  const field = h(many ? 'textarea' : 'input', {
    ...(many ? { rows: element.type === 'rich_text_input' ? element.min_lines || 4 : 4 } : INPUT[element.type]),
    ...hooks(place, element), class: 'field', placeholder: element.placeholder?.text, value: textOf(stored), autocapitalize: 'sentences',
    'aria-label': place.labelledBy ? undefined : element.placeholder?.text,
  });
  let sent = field.value;
  const report = () => {
    if (field.value === sent) return;
    sent = field.value;
    const { type, ...payload } = asState(element, field.value);
    fire(place, element, payload, field);
  };
  const on = element.dispatch_action_config?.trigger_actions_on || ['on_enter_pressed'];
  let timer = null;
  field.addEventListener('input', () => {
    keep(place, element, asState(element, field.value));
    if (!place.live || !on.includes('on_character_entered')) return;
    clearTimeout(timer);
    timer = setTimeout(report, 350);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing || (many && event.shiftKey)) return;
    if (place.live && on.includes('on_enter_pressed')) {
      event.preventDefault();
      report();
    }
  });
  place.validate?.(() => problem(element, field.value.trim(), place.required));
  return h('span', { class: 'field-wrap' }, field, counter(field, element));
}
