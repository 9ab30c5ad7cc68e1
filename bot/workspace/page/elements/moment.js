// datepicker, timepicker and datetimepicker, on the browser's own pickers:
// they speak the person's language and work with a keyboard and a thumb.
import { h } from '../dom.js';
import { fromWall, parts } from '../dates.js';
import { t } from '../i18n.js';
import { fire, hooks, keep } from './fire.js';

const two = (n) => String(n).padStart(2, '0');

// A datetimepicker holds seconds since 1970; the field shows the wall clock in
// the viewer's zone.
const KINDS = {
  datepicker: {
    type: 'date', field: 'selected_date', initial: (e) => e.initial_date || null, toText: (v) => v || '', fromText: (s) => s || null,
  },
  timepicker: {
    type: 'time', field: 'selected_time', initial: (e) => e.initial_time || null, toText: (v) => v || '', fromText: (s) => s || null,
  },
  datetimepicker: {
    type: 'datetime-local',
    field: 'selected_date_time',
    initial: (e) => e.initial_date_time || null,
    toText: (v) => {
      if (!v) return '';
      const p = parts(v * 1000);
      return `${p.year}-${two(p.month)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}`;
    },
    fromText: (s) => {
      const [, y, m, d, hour, minute] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(s) || [];
      return y ? Math.floor(fromWall(+y, +m, +d, +hour, +minute) / 1000) : null;
    },
  },
};

export function moment(element, place) {
  const kind = KINDS[element.type];
  const asState = (value) => ({ type: element.type, [kind.field]: value, ...(element.timezone ? { timezone: element.timezone } : {}) });
  const stored = place.surface.register(place.block, element.action_id, asState(kind.initial(element)));
  const field = h('input', {
    type: kind.type, ...hooks(place, element), class: 'field field-moment', value: kind.toText(stored[kind.field]),
    'aria-label': place.labelledBy ? undefined : element.placeholder?.text || t('shop.pick'),
  });
  let before = field.value;
  field.addEventListener('change', async () => {
    const value = kind.fromText(field.value);
    const { type, ...payload } = asState(value);
    const sent = await fire(place, element, payload, field, () => keep(place, element, asState(value)));
    if (sent) before = field.value;
    else field.value = before;
  });
  place.validate?.(() => (place.required && !field.value ? t('invalid.required') : ''));
  return field;
}
