// section: text or two columns of fields, with one element at its side.
import { h, uid } from '../dom.js';
import { element } from '../elements/index.js';
import { textObject } from '../mrkdwn.js';
import { t } from '../i18n.js';

// Long text is folded, as Slack does, unless the app asked to expand it.
const FOLD = 1400;

function words(block, id) {
  const text = h('div', { class: 'section-text', id }, textObject(block.text));
  if (block.expand || (block.text.text || '').length < FOLD) return text;
  text.classList.add('folded');
  const more = h('button', { type: 'button', class: 'link-button', 'aria-expanded': 'false' }, t('block.expand'));
  more.addEventListener('click', () => {
    const folded = text.classList.toggle('folded');
    more.textContent = t(folded ? 'block.expand' : 'block.collapse');
    more.setAttribute('aria-expanded', String(!folded));
  });
  return h('div', null, text, more);
}

export function section(block, surface, id) {
  const textId = uid('section');
  const main = h('div', { class: 'section-main' },
    block.text && words(block, textId),
    block.fields?.length > 0 && h('div', { class: 'fields' }, block.fields.map((field) => h('div', { class: 'field-cell' }, textObject(field)))));
  if (!block.accessory) return main;
  const place = { surface, block: id, live: true, labelledBy: block.text ? textId : undefined };
  const { type } = block.accessory;
  // Small things stay beside the text, even on a phone; lists go below it.
  const shape = /checkboxes|radio_buttons/.test(type) ? 'wide' : /image|overflow|icon_button/.test(type) ? 'small' : 'side';
  return h('div', { class: `section section-${shape}` }, main,
    h('div', { class: 'accessory' }, element(block.accessory, place)));
}
