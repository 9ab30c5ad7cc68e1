// The middle column: the open conversation's list, the app's Home tab, the
// status line and the composer.
import { Composer } from './composer.js';
import { h } from './dom.js';
import { conversationHeader } from './header.js';
import { homeView } from './home.js';
import { t } from './i18n.js';
import { MessageList } from './messages.js';
import { addressName, current, isAppChannel, on, state } from './state.js';
import { send } from './socket.js';
import { statusLine } from './status.js';
import { firstTip, nowhere, welcome } from './welcome.js';

export function conversation() {
  const pane = h('div', { class: 'pane', id: 'pane' });
  const foot = h('div', { class: 'foot' });
  const root = h('main', { class: 'main', id: 'main', 'aria-label': '' }, conversationHeader(), pane, foot);
  let list = null;
  let composer = null;
  let tip = null;

  const before = (messages) => {
    if (!state.loaded.has(state.channel)) return h('p', { class: 'loading' }, t('list.loading'));
    if (state.more.get(state.channel)) return h('p', { class: 'centered' }, h('button', { type: 'button', class: 'link-button', data: { testid: 'older' }, onclick: () => older(true) }, t('list.more')));
    return welcome(current(), messages.length === 0, (text) => composer?.fill(text));
  };

  // Asks for the page before the oldest message, once at a time. Who pressed the
  // button for it goes on in the newest of those messages.
  let asked = '';
  let pressed = null;
  const older = (button = false) => {
    const oldest = [...(state.messages.get(state.channel)?.values() || [])].reduce((first, { ts, local }) => (!local && (!first || ts < first) ? ts : first), '');
    if (!oldest || !state.more.get(state.channel) || asked === `${state.channel}/${oldest}`) return;
    asked = `${state.channel}/${oldest}`;
    pressed = button ? oldest : null;
    send({ type: 'history', channel: state.channel, before: oldest });
  };
  on('offline', () => { asked = ''; });

  const open = ({ focus = false } = {}) => {
    const channel = current();
    if (!channel) {
      pane.replaceChildren(nowhere());
      return;
    }
    list?.destroy();
    root.setAttribute('aria-label', addressName(channel));
    list = new MessageList({ channel: channel.id, label: t('list.label', { name: addressName(channel) }), place: () => state.messages.get(channel.id), before, reachTop: () => older() });
    asked = '';
    composer = new Composer({ channel: channel.id });
    tip = null;
    foot.replaceChildren(statusLine(channel.id, ''), composer.root);
    tab();
    // A phone's keyboard would cover the messages one came to read.
    if (focus && matchMedia('(hover: hover)').matches) composer.focus();
  };

  const tab = () => {
    const home = isAppChannel(current()) && state.tab === 'home';
    pane.replaceChildren(home ? homeView() : list.root);
    if (isAppChannel(current()) && state.app.home) {
      pane.setAttribute('role', 'tabpanel');
      pane.setAttribute('aria-labelledby', `tab-${home ? 'home' : 'messages'}`);
    } else {
      pane.removeAttribute('role');
      pane.removeAttribute('aria-labelledby');
    }
    foot.hidden = home;
    if (!home) {
      list.draw();
      list.toEnd();
    }
  };

  on('open', open);
  on('tab', tab);
  // An empty conversation says it itself, larger.
  const offerTip = () => {
    if (tip || !(state.messages.get(state.channel)?.size > 0)) return;
    tip = firstTip(current(), (text) => composer.fill(text));
    if (tip) foot.prepend(tip);
  };

  on('messages', ({ channel, fresh, mine, older: above }) => {
    if (channel !== state.channel) return;
    list?.draw({ fresh, mine, older: above });
    if (above && pressed) document.querySelector(`.main .message[data-ts="${CSS.escape(pressed)}"]`)?.focus({ preventScroll: true });
    if (above) pressed = null;
    if (!fresh) offerTip();
  });
  // "Vandaag" may have become "gisteren".
  on('frame:clock', () => list?.refresh());
  return root;
}
