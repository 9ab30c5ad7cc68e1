// A month to choose a day from, in the viewer's language: the browser's own
// field would follow the browser's language and write 11/21/2026 for a Dutch
// reader. Days are plain year-month-day here; no zone touches them.
import { now, parts } from '../dates.js';
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { intlTag, t } from '../i18n.js';
import { closePopover, isOpen, openPopover } from '../popover.js';

const DAY = 86400000;
const two = (n) => String(n).padStart(2, '0');
const toIso = (ms) => new Date(ms).toISOString().slice(0, 10);
const fromIso = (iso) => Date.parse(`${iso}T00:00:00Z`);
const say = (ms, options) => new Intl.DateTimeFormat(intlTag(), { timeZone: 'UTC', ...options }).format(ms);

function todayIso() {
  const p = parts(now());
  return `${p.year}-${two(p.month)}-${two(p.day)}`;
}

export const dayWords = (iso) => say(fromIso(iso), { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).replace(',', '');

function addMonths(ms, count) {
  const date = new Date(ms);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, Math.min(date.getUTCDate(), last));
}

// The Monday on or before a day.
const monday = (ms) => ms - ((new Date(ms).getUTCDay() + 6) % 7) * DAY;

// How each key moves the chosen day.
const STEPS = {
  ArrowLeft: (ms) => ms - DAY, ArrowRight: (ms) => ms + DAY, ArrowUp: (ms) => ms - 7 * DAY, ArrowDown: (ms) => ms + 7 * DAY,
  Home: (ms) => monday(ms), End: (ms) => monday(ms) + 6 * DAY, PageUp: (ms) => addMonths(ms, -1), PageDown: (ms) => addMonths(ms, 1),
};

// Opens the month beside `anchor`; pick(iso) is called with the chosen day.
export function openCalendar(anchor, chosen, pick) {
  if (isOpen(anchor)) {
    closePopover();
    return;
  }
  let at = fromIso(chosen || todayIso());
  const title = h('span', { class: 'calendar-title', 'aria-live': 'polite' });
  const body = h('tbody');
  const turn = (count, name, label) => h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick: () => { at = addMonths(at, count); draw(); } }, icon(name, 18));
  const heads = [0, 1, 2, 3, 4, 5, 6].map((i) => {
    const ms = Date.UTC(2024, 0, 1 + i);
    return h('th', { scope: 'col', abbr: say(ms, { weekday: 'long' }) }, say(ms, { weekday: 'short' }));
  });
  const grid = h('table', { class: 'calendar-grid', role: 'grid' }, h('thead', null, h('tr', null, heads)), body);
  const root = h('div', { class: 'calendar', data: { testid: 'calendar' } },
    h('div', { class: 'calendar-head' }, turn(-1, 'left', t('calendar.prev')), title, turn(1, 'right', t('calendar.next'))), grid,
    h('div', { class: 'calendar-foot' }, h('button', { type: 'button', class: 'link-button', onclick: () => take(todayIso()) }, t('today'))));

  const take = (iso) => {
    closePopover();
    pick(iso);
  };

  const cell = (ms, month) => {
    const iso = toIso(ms);
    const name = ['day-cell', new Date(ms).getUTCMonth() !== month && 'other', iso === todayIso() && 'now', iso === chosen && 'chosen'].filter(Boolean).join(' ');
    return h('td', { role: 'gridcell', 'aria-selected': String(iso === chosen) },
      h('button', { type: 'button', class: name, tabindex: ms === at ? '0' : '-1', data: { date: iso }, 'aria-label': say(ms, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }), 'aria-current': iso === todayIso() ? 'date' : undefined, onclick: () => take(iso) }, String(new Date(ms).getUTCDate())));
  };

  const draw = (focus = false) => {
    const date = new Date(at);
    const month = date.getUTCMonth();
    title.textContent = say(at, { month: 'long', year: 'numeric' });
    grid.setAttribute('aria-label', title.textContent);
    const first = monday(Date.UTC(date.getUTCFullYear(), month, 1));
    const weeks = [0, 1, 2, 3, 4, 5].map((w) => first + w * 7 * DAY).filter((ms, w) => w === 0 || new Date(ms).getUTCMonth() === month);
    body.replaceChildren(...weeks.map((ms) => h('tr', null, [0, 1, 2, 3, 4, 5, 6].map((d) => cell(ms + d * DAY, month)))));
    if (focus) body.querySelector('[tabindex="0"]').focus();
  };

  grid.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    at = step(at);
    draw(true);
  });
  openPopover(anchor, root, { label: t('calendar'), className: 'popover-calendar' });
  draw(true);
}
