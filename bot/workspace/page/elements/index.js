// From an element's type to what draws it.
import { h, safeUrl } from '../dom.js';
import { t } from '../i18n.js';
import { imageUrl } from '../files.js';
import { button, feedbackButtons, iconButton } from './button.js';
import { checkboxes, radioButtons } from './choice.js';
import { fileInput } from './fileinput.js';
import { moment } from './moment.js';
import { overflow } from './overflow.js';
import { select } from './select.js';
import { textInput } from './text.js';

const DRAW = {
  button, workflow_button: button, icon_button: iconButton, feedback_buttons: feedbackButtons, overflow, checkboxes, radio_buttons: radioButtons,
  datepicker: moment, timepicker: moment, datetimepicker: moment, file_input: fileInput, image,
  plain_text_input: textInput, number_input: textInput, email_text_input: textInput, url_text_input: textInput, rich_text_input: textInput,
};
for (const kind of ['static', 'external', 'users', 'conversations', 'channels']) {
  DRAW[`${kind}_select`] = select;
  DRAW[`multi_${kind}_select`] = select;
}

function image(element) {
  return h('img', { class: 'element-image', src: safeUrl(imageUrl(element)), alt: element.alt_text || '', loading: 'lazy' });
}

// place: {surface, block, live, labelledBy?, describedBy?, required?, validate?}
export function element(json, place) {
  const draw = DRAW[json?.type];
  if (!draw) return h('span', { class: 'muted' }, t('block.unknown', { type: json?.type || '?' }));
  const node = draw(json, place);
  if (json.focus_on_load && node) node.dataset.focus = 'true';
  return node;
}
