// Light, dark, or as the system has it; the choice is kept in this browser.
import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';

const MODES = ['auto', 'light', 'dark'];
const ICON = { auto: 'auto', light: 'sun', dark: 'moon' };

function stored() {
  try {
    const mode = localStorage.getItem('theme');
    return MODES.includes(mode) ? mode : 'auto';
  } catch {
    return 'auto';
  }
}

export function applyTheme(mode = stored()) {
  if (mode === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = mode;
}

export function themeButton() {
  let mode = stored();
  const button = h('button', { type: 'button', class: 'icon-button', data: { testid: 'theme' } });
  const draw = () => {
    const label = t('theme', { mode: t(`theme.${mode}`) });
    button.setAttribute('aria-label', label);
    button.title = label;
    button.replaceChildren(icon(ICON[mode], 18));
  };
  button.addEventListener('click', () => {
    mode = MODES[(MODES.indexOf(mode) + 1) % MODES.length];
    try {
      localStorage.setItem('theme', mode);
    } catch {
      // Private windows may refuse; the choice then lasts until the reload.
    }
    applyTheme(mode);
    draw();
  });
  draw();
  return button;
}
