// The thread panel: the message it began with, its answers, a composer.
import { Composer } from './composer.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';
import { MessageList } from './messages.js';
import { closeThread } from './navigate.js';
import { addressName, current, on, state, threadKey } from './state.js';
import { statusLine } from './status.js';

export function threadPanel(app) {
  const root = h('aside', { class: 'thread', id: 'thread', 'aria-label': t('thread'), hidden: true, data: { testid: 'thread' } });
  let list = null;
  let shown = '';

  const draw = ({ focus = false, closed } = {}) => {
    const channel = current();
    const key = channel && state.thread ? threadKey(channel.id, state.thread) : '';
    app.classList.toggle('with-thread', Boolean(key));
    root.hidden = !key;
    if (!key) {
      list?.destroy();
      list = null;
      shown = '';
      root.replaceChildren();
      if (closed) document.querySelector(`.main [data-ts="${CSS.escape(closed)}"]`)?.focus();
      return;
    }
    if (key === shown) return;
    shown = key;
    list?.destroy();
    list = new MessageList({ channel: channel.id, inThread: true, label: t('thread'), place: () => state.threads.get(key) });
    const composer = new Composer({ channel: channel.id, thread: state.thread });
    root.replaceChildren(
      h('div', { class: 'thread-head' }, h('h2', { class: 'thread-title' }, t('thread'), h('span', { class: 'muted' }, addressName(channel))),
        h('button', { type: 'button', class: 'icon-button', 'aria-label': t('thread.close'), title: t('thread.close'), data: { testid: 'close-thread' }, onclick: closeThread }, icon('close'))),
      list.root, h('div', { class: 'foot' }, statusLine(channel.id, state.thread), composer.root));
    list.draw();
    list.toEnd();
    if (focus) composer.focus();
  };

  on('thread', draw);
  on('messages', ({ channel, thread, fresh, mine }) => {
    if (list && channel === state.channel && (!thread || thread === state.thread)) list.draw({ fresh: thread ? fresh : undefined, mine: thread && mine });
  });
  on('frame:clock', () => list?.refresh());
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) closeThread();
  });
  return root;
}
