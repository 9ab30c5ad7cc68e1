// The page of the local workspace. It starts here: connect, wait for the
// server's hello, draw the frame, and let every part listen for its own news.
//
// From the bottom up: dom, icons, i18n, dates and emoji know nothing of Slack;
// state, socket and working hold what the server said; mrkdwn, richtext and
// markdown turn text into nodes; elements and blocks draw Block Kit on a
// surface; message, messages, thread, composer, modal, home, sidebar, header
// and workshop are what one sees.
//
// Tests hold on to data attributes, which stay: data-testid (composer, send,
// message, modal, modal-submit, confirm-yes, me, be-user, select-search, option,
// completion-item, home, thread, …), data-ts and data-ephemeral on messages,
// data-action-id and data-block-id on elements, data-value on options and
// data-date on days, data-channel and data-user in the sidebar.
import { setZone } from './dates.js';
import { h } from './dom.js';
import { acceptDrops } from './drop.js';
import { listenToFrames, takeHello } from './frames.js';
import { topBar } from './header.js';
import { setLocale, t } from './i18n.js';
import { conversation } from './conversation.js';
import { modals } from './modal.js';
import { openChannel, readPlace } from './navigate.js';
import { connect } from './socket.js';
import { setFooter, sidebar, unreadTotal } from './sidebar.js';
import { channelName, current, emit, isAppChannel, myself, on, state } from './state.js';
import { switcherKeys } from './switcher.js';
import { applyTheme } from './theme.js';
import { threadPanel } from './thread.js';
import { toast } from './toast.js';
import { workshop } from './workshop.js';

const app = document.getElementById('app');
let started = false;

function start() {
  const side = sidebar(() => closeSide());
  const shop = workshop();
  const main = conversation();
  const veil = h('div', { class: 'veil', onclick: () => toggleSide(false) });
  const toggleSide = (open = !app.classList.contains('side-open')) => {
    app.classList.toggle('side-open', open);
    document.querySelector('.top-menu').setAttribute('aria-expanded', String(open));
    if (open) side.querySelector('[tabindex="0"]')?.focus();
  };
  const closeSide = () => {
    toggleSide(false);
    document.querySelector('.top-menu').focus();
  };
  const skip = h('a', { class: 'skip', href: '#', onclick: (event) => { event.preventDefault(); document.querySelector('[data-testid="composer"]')?.focus(); } }, t('skip'));
  app.replaceChildren(topBar(toggleSide, skip), banner(), side, veil, main, threadPanel(app), shop.panel);
  app.removeAttribute('aria-busy');
  setFooter(shop.button);
  acceptDrops(main);
  switcherKeys();
  modals();
  on('open', () => toggleSide(false));
  side.addEventListener('keydown', (event) => { if (event.key === 'Escape' && app.classList.contains('side-open')) closeSide(); });
  for (const topic of ['open', 'channels', 'messages']) on(topic, title);
  window.addEventListener('popstate', () => {
    const place = readPlace();
    if (place.channel) openChannel(place.channel, { ...place, record: false });
  });
  window.addEventListener('hashchange', () => {
    const place = readPlace();
    if (place.channel && place.channel !== state.channel) openChannel(place.channel, { ...place, record: false });
  });
}

function title() {
  const channel = current();
  const unread = unreadTotal();
  const place = isAppChannel(channel) ? state.app.name : channelName(channel);
  document.title = `${unread ? `(${unread}) ` : ''}${place ? `${place} – ` : ''}${state.team.name}`;
}

// The line that says the connection is away, and for how long.
function banner() {
  const words = h('span');
  const now = h('button', { type: 'button', class: 'link-button' }, t('offline.retry'));
  const node = h('div', { class: 'banner', role: 'alert', hidden: true, data: { testid: 'banner' } }, words, now);
  let timer = null;
  on('offline', ({ seconds, retry }) => {
    let left = Math.max(1, Math.round(seconds));
    clearInterval(timer);
    words.textContent = t('offline', { s: left });
    timer = setInterval(() => { left -= 1; words.textContent = left > 0 ? t('offline', { s: left }) : t('offline.now'); }, 1000);
    now.onclick = () => { clearInterval(timer); words.textContent = t('offline.now'); retry(); };
    node.hidden = false;
  });
  on('online', () => {
    clearInterval(timer);
    if (!node.hidden && started) toast(t('online'));
    node.hidden = true;
  });
  return node;
}

function firstPlace() {
  const place = readPlace();
  if (state.channels.has(place.channel)) return place;
  let last = null;
  try {
    last = sessionStorage.getItem(`channel-${state.me}`);
  } catch {
    // Without storage one starts in the first channel.
  }
  const channels = [...state.channels.values()];
  const first = channels.find((c) => c.id === last) || channels.find((c) => c.kind === 'channel' && !c.is_ext_shared && !c.is_archived) || channels[0];
  return { channel: first?.id, thread: null, tab: 'messages' };
}

on('frame:hello', (hello) => {
  takeHello(hello);
  setLocale(myself()?.locale);
  setZone(myself()?.tz);
  document.documentElement.dataset.user = state.me;
  if (new URLSearchParams(location.search).get('user') !== state.me) {
    history.replaceState(null, '', `${location.pathname}?user=${encodeURIComponent(state.me)}${location.hash}`);
  }
  if (!started) {
    start();
    started = true;
    const place = firstPlace();
    openChannel(place.channel, { ...place, record: false });
    return;
  }
  // Back after a break: what was missed comes with the history.
  for (const topic of ['users', 'channels', 'faults']) emit(topic);
  if (state.channel) openChannel(state.channel, { thread: state.thread, tab: state.tab, focus: false, record: false });
});

const spoken = document.getElementById('spoken');
on('spoken', (text) => {
  spoken.append(h('p', null, text));
  // A log that grows for days would only slow screen readers down.
  while (spoken.children.length > 20) spoken.firstChild.remove();
});

applyTheme();
listenToFrames();
connect(new URLSearchParams(location.search).get('user'));
