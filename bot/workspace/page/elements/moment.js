// datepicker, timepicker and datetimepicker.
import { h, uid } from '../dom.js';
import { fromWall, parts } from '../dates.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import { textObject } from '../mrkdwn.js';
import { dayWords, openCalendar } from './calendar.js';
import { fire, hooks, keep } from './fire.js';

const two = (n) => String(n).padStart(2, '0');

// "9:30", "9.30", "0930" and "9" are all half past nine or nine; null is none.
function readTime(text) {
  const [, hour, minute = '0'] = /^\s*(\d{1,2})(?:\s*[:.hu]?\s*(\d{2}))?\s*$/i.exec(text) || [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  return `${two(Number(hour))}:${two(Number(minute))}`;
}

// A moment is {date, time}, each null when not chosen. A datetimepicker holds
// seconds since 1970 and shows the clock of the viewer's zone.
const KINDS = {
  datepicker: {
    field: 'selected_date', date: true, time: false, initial: (e) => e.initial_date || null,
    open: (value) => ({ date: value, time: null }), close: (m) => m.date,
  },
  timepicker: {
    field: 'selected_time', date: false, time: true, initial: (e) => e.initial_time || null,
    open: (value) => ({ date: null, time: value }), close: (m) => m.time,
  },
  datetimepicker: {
    field: 'selected_date_time', date: true, time: true, initial: (e) => e.initial_date_time || null,
    open: (value) => {
      if (!value) return { date: null, time: null };
      const p = parts(value * 1000);
      return { date: `${p.year}-${two(p.month)}-${two(p.day)}`, time: `${two(p.hour)}:${two(p.minute)}` };
    },
    close: (m) => {
      if (!m.date || !m.time) return null;
      const [year, month, day] = m.date.split('-').map(Number);
      const [hour, minute] = m.time.split(':').map(Number);
      return Math.floor(fromWall(year, month, day, hour, minute) / 1000);
    },
  },
};

function dateButton(element, place, moment, change) {
  const textId = uid('date');
  const text = h('span', { class: 'select-text', id: textId });
  const node = h('button', { type: 'button', ...hooks(place, element), 'aria-required': undefined, 'aria-labelledby': place.labelledBy ? `${place.labelledBy} ${textId}` : undefined, class: 'select date', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' }, icon('calendar', 16), text);
  node.addEventListener('click', () => openCalendar(node, moment.date, (iso) => change({ date: iso })));
  const draw = () => {
    text.replaceChildren(...(moment.date ? [dayWords(moment.date)] : element.placeholder ? textObject(element.placeholder) : [t('calendar.choose')]));
    node.classList.toggle('empty', !moment.date);
    node.dataset.value = moment.date || '';
  };
  return { node, draw };
}

function timeField(element, place, moment, change) {
  const node = h('input', {
    type: 'text', inputmode: 'numeric', ...hooks(place, element), class: 'field field-time', maxlength: '5', autocomplete: 'off',
    placeholder: element.placeholder?.text || t('time.placeholder'), 'aria-label': place.labelledBy ? undefined : element.placeholder?.text || t('time.label'),
  });
  node.addEventListener('change', () => {
    const value = readTime(node.value);
    // What is no time goes back to what it was, as the pickers of Slack do.
    if (node.value.trim() === '' || value) change({ time: value });
    else node.value = moment.time || '';
  });
  const draw = () => { node.value = moment.time || ''; };
  return { node, draw };
}

export function moment(element, place) {
  const kind = KINDS[element.type];
  const asState = (value) => ({ type: element.type, [kind.field]: value, ...(element.timezone ? { timezone: element.timezone } : {}) });
  const stored = place.surface.register(place.block, element.action_id, asState(kind.initial(element)));
  const chosen = kind.open(stored[kind.field]);
  const controls = [];
  const change = async (part) => {
    const before = { ...chosen };
    Object.assign(chosen, part);
    const value = kind.close(chosen);
    const { type, ...payload } = asState(value);
    const complete = value !== null || !kind.date || !kind.time;
    const sent = !complete || await fire(place, element, payload, controls[0].node, () => keep(place, element, asState(value)));
    if (!sent) Object.assign(chosen, before);
    for (const control of controls) control.draw();
  };
  if (kind.date) controls.push(dateButton(element, place, chosen, change));
  if (kind.time) controls.push(timeField(element, place, chosen, change));
  for (const control of controls) control.draw();
  place.validate?.(() => (place.required && kind.close(chosen) === null ? t('invalid.required') : ''));
  return controls.length === 1 ? controls[0].node : h('span', { class: 'moment', role: 'group', 'aria-labelledby': place.labelledBy }, controls.map((control) => control.node));
}
