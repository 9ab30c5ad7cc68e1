// Slack's confirmation dialog, asked before a press is sent.
import { h, uid } from './dom.js';
import { textObject } from './mrkdwn.js';
import { t } from './i18n.js';

export function confirmed(wanted, labels = {}) {
  if (!wanted) return Promise.resolve(true);
  return new Promise((resolve) => {
    const back = document.activeElement;
    const title = uid('confirm');
    const words = uid('confirm');
    let answer = false;
    const finish = (yes) => { answer = yes; dialog.close(); };
    const dialog = h('dialog', { class: 'dialog confirm', role: 'alertdialog', 'aria-labelledby': title, 'aria-describedby': words, data: { testid: 'confirm' } },
      h('h2', { id: title, class: 'confirm-title' }, textObject(wanted.title) || t('confirm.title')),
      h('div', { id: words, class: 'confirm-text' }, textObject(wanted.text)),
      h('div', { class: 'dialog-foot' },
        h('button', { type: 'button', class: 'button', data: { testid: 'confirm-no' }, onclick: () => finish(false) }, wanted.deny ? textObject(wanted.deny) : t('confirm.no')),
        h('button', { type: 'button', class: `button ${wanted.style === 'danger' ? 'danger' : 'primary'}`, data: { testid: 'confirm-yes' }, onclick: () => finish(true) }, wanted.confirm ? textObject(wanted.confirm) : labels.yes || t('confirm.yes'))));
    dialog.addEventListener('click', (event) => { if (event.target === dialog) finish(false); });
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (back?.isConnected) back.focus();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector('.dialog-foot .button:last-child').focus();
  });
}
