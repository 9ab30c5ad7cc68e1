// The page's own words. Dutch is the default; a viewer whose Slack locale is
// not Dutch reads English. What apps send is never translated here.
import { words } from './words.js';

let language = 'nl';
let tag = 'nl-NL';

export function setLocale(locale) {
  language = !locale || locale.toLowerCase().startsWith('nl') ? 'nl' : 'en';
  tag = language === 'nl' ? 'nl-NL' : 'en-GB';
  // An American or a Fleming keeps their own dates and numbers; who reads
  // English for want of a translation gets British ones.
  try {
    if (locale?.toLowerCase().startsWith(language)) [tag] = Intl.getCanonicalLocales(locale);
  } catch {
    // A locale no browser knows changes nothing.
  }
  document.documentElement.lang = language;
}

export const isDutch = () => language === 'nl';

// The tag handed to Intl: numbers and dates as the viewer's country writes them.
export const intlTag = () => tag;

export function t(key, args = {}) {
  const entry = words[key];
  if (!entry) return key;
  const text = entry[language === 'nl' ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, name) => (args[name] ?? ''));
}

// Picks `key.one` or `key.other` and fills in {n}.
export function plural(key, n) {
  return t(`${key}.${n === 1 ? 'one' : 'other'}`, { n: number(n) });
}

export function number(value, options) {
  return new Intl.NumberFormat(intlTag(), options).format(value);
}
