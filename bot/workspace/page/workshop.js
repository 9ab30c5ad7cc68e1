// The workshop: the workspace's clock and its bad moods, for who wants to see
// what the app does about them.
import { moment } from './elements/moment.js';
import { fromWall, longDate, now, parts, time, viewerZone } from './dates.js';
import { h, uid } from './dom.js';
import { icon } from './icons.js';
import { number, t } from './i18n.js';
import { send } from './socket.js';
import { on, state } from './state.js';
import { toast } from './toast.js';

const HOUR = 3600000;
const CHANCES = [0, 0.1, 0.25, 0.5, 1];
const KINDS = [['rate_limited', 'shop.limited'], ['server_error', 'shop.error'], ['drop_answer', 'shop.drop'], ['duplicate', 'shop.duplicate']];

const bad = () => KINDS.some(([name]) => state.faults[name] > 0);

// The button that stands at the foot of the sidebar, and the drawer it opens.
export function workshop() {
  const panel = h('aside', { class: 'workshop', id: 'workshop', 'aria-label': t('shop'), hidden: true, data: { testid: 'workshop' } });
  const button = h('button', { type: 'button', class: 'side-shop', 'aria-controls': 'workshop', 'aria-expanded': 'false', data: { testid: 'workshop-open' } });
  const clock = h('span', { class: 'side-clock' });
  const face = () => {
    clock.textContent = time(now());
    const dot = bad() && h('span', { class: 'shop-dot', title: t('shop.active') }, h('span', { class: 'sr-only' }, t('shop.active')));
    button.replaceChildren(...[icon('wrench', 18), h('span', null, t('shop')), dot, h('span', { class: 'grow' }), clock].filter(Boolean));
  };
  const toggle = (open = panel.hidden) => {
    panel.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (open) {
      panel.replaceChildren(inside(() => { toggle(false); button.focus(); }));
      panel.querySelector('button').focus();
    }
  };
  button.addEventListener('click', () => toggle());
  panel.addEventListener('keydown', (event) => { if (event.key === 'Escape') { toggle(false); button.focus(); } });
  on('faults', () => { face(); panel.querySelector('.faults')?.replaceWith(faults()); });
  on('frame:clock', face);
  setInterval(() => { clock.textContent = time(now()); }, 5000);
  face();
  return { panel, button };
}

function inside(close) {
  return h('div', { class: 'workshop-inside' },
    h('div', { class: 'thread-head' }, h('h2', { class: 'thread-title' }, t('shop')), h('button', { type: 'button', class: 'icon-button', 'aria-label': t('shop.close'), onclick: close }, icon('close'))),
    h('div', { class: 'workshop-body' }, h('p', { class: 'muted' }, t('shop.intro')), clockPart(), faults()));
}

function nextMonday() {
  const p = parts(now());
  const weekday = new Date(Date.UTC(p.year, p.month - 1, p.day)).getUTCDay();
  const today = fromWall(p.year, p.month, p.day, 8, 30);
  const ahead = weekday === 1 && today > now() ? 0 : ((8 - weekday) % 7 || 7);
  const day = new Date(Date.UTC(p.year, p.month - 1, p.day + ahead));
  return fromWall(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate(), 8, 30);
}

function clockPart() {
  const big = h('output', { class: 'big-clock' });
  const date = h('span', { class: 'big-date' });
  const tick = () => { big.textContent = time(now()); date.textContent = longDate(now()); };
  tick();
  const off = on('frame:clock', () => { tick(); offer(); });
  const timer = setInterval(() => (big.isConnected ? tick() : (clearInterval(timer), off())), 1000);
  const jump = (frame) => send({ type: 'jump', ...frame });
  // The app's own date and time picker, on a surface that only remembers.
  let chosen = null;
  const memory = { register: (_block, _action, initial) => initial, set: (_block, _action, value) => { chosen = value.selected_date_time; } };
  const labelId = uid('pick');
  const picker = () => moment({ type: 'datetimepicker', action_id: 'jump', initial_date_time: Math.ceil(now() / 60000) * 60 }, { surface: memory, block: 'workshop', live: false, labelledBy: labelId });
  let pick = picker();
  // After a jump the picker begins at the new time; who is in it is left alone.
  const offer = () => {
    if (pick.contains(document.activeElement)) return;
    chosen = null;
    const next = picker();
    pick.replaceWith(next);
    pick = next;
  };
  const go = () => {
    if (!chosen) return;
    if (chosen * 1000 <= now()) toast(t('shop.back'), 'bad');
    else jump({ to_ms: chosen * 1000 });
  };
  const button = (key, run, testid) => h('button', { type: 'button', class: 'button', data: { testid }, onclick: run }, t(key));
  return h('section', { class: 'shop-part' }, h('h3', null, t('shop.clock')), big, date, h('span', { class: 'muted' }, t('shop.zone', { tz: viewerZone().replaceAll('_', ' ') })),
    h('div', { class: 'actions' }, button('shop.hour', () => jump({ by_ms: HOUR }), 'jump-hour'), button('shop.day', () => jump({ by_ms: 24 * HOUR }), 'jump-day'), button('shop.monday', () => jump({ to_ms: nextMonday() }), 'jump-monday')),
    h('div', { class: 'shop-label', id: labelId }, t('shop.pick')), h('div', { class: 'shop-row' }, pick, button('shop.go', go, 'jump-go')));
}

function faults() {
  const change = (part) => {
    state.faults = { ...state.faults, disconnect: false, ...part };
    send({ type: 'faults', faults: state.faults });
  };
  const chance = (value) => (value === 0 ? t('never') : value === 1 ? t('always') : number(value, { style: 'percent' }));
  const rows = KINDS.map(([name, key]) => {
    const id = uid('fault');
    const value = state.faults[name] || 0;
    const steps = CHANCES.includes(value) ? CHANCES : [...CHANCES, value].sort();
    const choice = h('select', { id, class: 'field shop-choice', data: { fault: name }, onchange: () => change({ [name]: Number(choice.value) }) }, steps.map((step) => {
      const option = h('option', { value: String(step) }, chance(step));
      option.selected = step === value;
      return option;
    }));
    return h('div', { class: 'shop-row' }, h('label', { for: id }, t(key)), choice);
  });
  const retryId = uid('retry');
  const retry = h('input', { type: 'number', id: retryId, class: 'field shop-choice', min: '1', max: '60', value: String(state.faults.retry_after || 1), onchange: () => change({ retry_after: Math.max(1, Math.min(60, Math.round(Number(retry.value)) || 1)) }) });
  const calm = Object.fromEntries(KINDS.map(([name]) => [name, 0]));
  return h('section', { class: 'shop-part faults' }, h('h3', null, t('shop.faults')), rows, h('div', { class: 'shop-row' }, h('label', { for: retryId }, t('shop.retry')), retry),
    h('div', { class: 'actions' }, h('button', { type: 'button', class: 'button danger-quiet', data: { fault: 'disconnect' }, onclick: () => change({ disconnect: true }) }, t('shop.cut')),
      h('button', { type: 'button', class: 'button', data: { testid: 'calm' }, disabled: !bad(), onclick: () => change(calm) }, t('shop.calm'))));
}
