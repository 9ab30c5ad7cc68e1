// Moments as the viewer reads them: in the zone of the viewer's Slack profile,
// not the browser's, and against the workspace's clock, which can be moved.
import { intlTag, t } from './i18n.js';

let zone = 'Europe/Amsterdam';
let offset = 0;

export function setZone(tz) {
  try {
    new Intl.DateTimeFormat('nl', { timeZone: tz });
    zone = tz || zone;
  } catch {
    // A zone this browser does not know: the office's own is the best guess.
    zone = 'Europe/Amsterdam';
  }
}

export const viewerZone = () => zone;
export const setClock = (nowMs) => { offset = nowMs - Date.now(); };
export const now = () => Date.now() + offset;
export const tsMillis = (ts) => Math.floor(Number.parseFloat(ts) * 1000);

const formats = new Map();
function format(ms, options, tz = zone) {
  const key = intlTag() + tz + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(intlTag(), { timeZone: tz, ...options }));
  return formats.get(key).format(ms);
}

// Year, month, day, hour and minute of a moment in a zone.
export function parts(ms, tz = zone) {
  const found = {};
  const formatter = new Intl.DateTimeFormat('en-GB', {
    timeZone: tz, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  for (const { type, value } of formatter.formatToParts(ms)) found[type] = Number(value);
  return found;
}

export function dayKey(ms) {
  const { year, month, day } = parts(ms);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

// The instant at which a wall clock in the viewer's zone shows these figures.
// Two rounds settle the offset across a daylight-saving change.
export function fromWall(year, month, day, hour = 0, minute = 0) {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const p = parts(guess);
    guess += wanted - Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute);
  }
  return guess;
}

export const time = (ms, tz) => format(ms, { hour: '2-digit', minute: '2-digit' }, tz);
export const longDate = (ms) => format(ms, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
export const full = (ms) => `${longDate(ms)} ${time(ms)}`;

function relativeDay(ms) {
  const key = dayKey(ms);
  if (key === dayKey(now())) return t('today');
  const noon = parts(now());
  const middle = fromWall(noon.year, noon.month, noon.day, 12);
  if (key === dayKey(middle - 86400000)) return t('yesterday');
  if (key === dayKey(middle + 86400000)) return t('tomorrow');
  return null;
}

// "vandaag", "gisteren", "do 26 nov", and with the year when it is another one.
export function day(ms) {
  const word = relativeDay(ms);
  if (word) return word;
  const sameYear = parts(ms).year === parts(now()).year;
  const options = { weekday: 'short', day: 'numeric', month: 'short' };
  if (!sameYear) options.year = 'numeric';
  return format(ms, options).replace(',', '');
}

export function when(ms) {
  const word = relativeDay(ms);
  return word === t('today') ? t('today.at', { time: time(ms) }) : `${day(ms)} ${time(ms)}`;
}

function ago(ms) {
  const seconds = Math.round((ms - now()) / 1000);
  const relative = new Intl.RelativeTimeFormat(intlTag(), { numeric: 'auto' });
  const units = [['year', 31536000], ['month', 2592000], ['day', 86400], ['hour', 3600], ['minute', 60]];
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return t('ago.now');
}

const TOKENS = {
  date_num: (ms) => dayKey(ms),
  date_slash: (ms) => format(ms, { year: 'numeric', month: '2-digit', day: '2-digit' }),
  date: (ms) => format(ms, { year: 'numeric', month: 'long', day: 'numeric' }),
  date_short: (ms) => format(ms, { year: 'numeric', month: 'short', day: 'numeric' }),
  date_long: (ms) => longDate(ms),
  date_long_full: (ms) => longDate(ms),
  date_pretty: (ms) => relativeDay(ms) || TOKENS.date(ms),
  date_short_pretty: (ms) => relativeDay(ms) || TOKENS.date_short(ms),
  date_long_pretty: (ms) => relativeDay(ms) || TOKENS.date_long(ms),
  day_divider_pretty: (ms) => relativeDay(ms) || TOKENS.date_long(ms),
  time: (ms) => time(ms),
  time_secs: (ms) => format(ms, { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
  ago: (ms) => ago(ms),
};

// Fills Slack's date tokens ("{date_short_pretty} om {time}"); null when a
// token is unknown, so that the caller shows the fallback as Slack does.
export function tokens(seconds, pattern) {
  const ms = Number(seconds) * 1000;
  if (!Number.isFinite(ms)) return null;
  let known = true;
  const text = pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    if (TOKENS[name]) return TOKENS[name](ms);
    known = false;
    return whole;
  });
  return known ? text : null;
}
