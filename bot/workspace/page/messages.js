// A list of messages, for a channel or a thread: grouped by author and day,
// redrawn only where something changed, and kept at its end while one reads
// there.
import { day, dayKey, tsMillis } from './dates.js';
import { h, rove } from './dom.js';
import { icon } from './icons.js';
import { plural, t } from './i18n.js';
import { messageView } from './message.js';
import { inOrder } from './state.js';

const GROUP_MS = 5 * 60 * 1000;
const NEAR_END = 80;

const NEAR_TOP = 600;

// place(): the messages to show; before(): what stands above them; reachTop():
// somebody scrolls to the oldest of them.
export class MessageList {
  constructor({ channel, inThread = false, label, place, before, reachTop }) {
    Object.assign(this, { channel, inThread, place, before, reachTop });
    this.nodes = new Map();
    this.list = h('ol', { class: 'messages', 'aria-label': label });
    this.top = h('div', { class: 'list-top' });
    this.jump = h('button', { type: 'button', class: 'new-pill', hidden: true, onclick: () => this.toEnd() }, icon('arrow', 16), t('list.new'));
    this.inner = h('div', { class: 'scroll-inner' }, this.top, this.list);
    this.scroll = h('div', { class: 'scroll' }, this.inner);
    this.root = h('div', { class: 'scroll-wrap' }, this.scroll, this.jump);
    this.stick = true;
    this.scroll.addEventListener('scroll', () => {
      this.stick = this.atEnd();
      if (this.stick) this.jump.hidden = true;
      if (this.scroll.scrollTop < NEAR_TOP) this.reachTop?.();
    }, { passive: true });
    // Pictures and charts change the height after they are drawn, and the
    // keyboard of a phone changes the room there is.
    this.watch = new ResizeObserver(() => { if (this.stick) this.toEnd(); });
    this.watch.observe(this.inner);
    this.watch.observe(this.scroll);
    this.list.addEventListener('keydown', (event) => this.walk(event));
    this.list.addEventListener('focusin', (event) => this.reach(event.target.closest('.message')));
  }

  atEnd() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR_END;
  }

  toEnd() {
    this.stick = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.jump.hidden = true;
  }

  // fresh: the ts of a message that just came in; older: messages were put
  // above, and what one reads stays where it is.
  draw({ fresh, mine = false, older = false } = {}) {
    const stuck = this.stick && !older;
    const below = this.scroll.scrollHeight - this.scroll.scrollTop;
    const ordered = inOrder(this.place());
    const wanted = [];
    let last = null;
    let shownDay = '';
    for (const message of ordered) {
      const key = dayKey(tsMillis(message.ts));
      if (key !== shownDay) wanted.push(this.divider(key, message));
      shownDay = key;
      wanted.push(this.node(message, this.continues(last, message)));
      last = message;
      if (this.inThread && message === ordered[0] && ordered.length > 1) {
        wanted.push(this.countLine(ordered.length - 1));
        last = null;
      }
    }
    this.reconcile(wanted);
    this.top.replaceChildren(...[this.before?.(ordered)].flat().filter(Boolean));
    this.tabStop();
    if (older) this.scroll.scrollTop = this.scroll.scrollHeight - below;
    else if (stuck || mine) this.toEnd();
    else if (fresh) this.jump.hidden = false;
  }

  continues(last, message) {
    return Boolean(last && last.user === message.user && !last.local && !message.local && Boolean(last.ephemeral) === Boolean(message.ephemeral) && !message.ephemeral
      && tsMillis(message.ts) - tsMillis(last.ts) < GROUP_MS && dayKey(tsMillis(last.ts)) === dayKey(tsMillis(message.ts)));
  }

  divider(key, message) {
    const label = day(tsMillis(message.ts));
    const id = `day ${key}`;
    const kept = this.nodes.get(id);
    if (kept?.label === label) return kept.node;
    const node = h('li', { class: 'day' }, h('span', null, label));
    this.nodes.set(id, { node, label });
    return node;
  }

  // "2 antwoorden" between a thread's beginning and its answers.
  countLine(count) {
    const label = plural('replies', count);
    const kept = this.nodes.get('count');
    if (kept?.label === label) return kept.node;
    const node = h('li', { class: 'thread-count' }, label);
    this.nodes.set('count', { node, label });
    return node;
  }

  // Everything anew: the clock was moved, and words such as "gisteren" with it.
  refresh() {
    this.nodes.clear();
    this.draw();
  }

  node(message, compact) {
    const kept = this.nodes.get(message.ts);
    if (kept && kept.message === message && kept.compact === compact) return kept.node;
    const node = messageView(this.channel, message, { compact, inThread: this.inThread });
    if (kept) handFocus(kept.node, node);
    this.nodes.set(message.ts, { node, message, compact });
    return node;
  }

  // Moves only what is out of place: a node that is taken out loses its focus.
  reconcile(wanted) {
    const keep = new Set(wanted);
    for (const child of [...this.list.children]) if (!keep.has(child)) child.remove();
    wanted.forEach((node, i) => { if (this.list.children[i] !== node) this.list.insertBefore(node, this.list.children[i] || null); });
    for (const [key, { node }] of this.nodes) if (!keep.has(node)) this.nodes.delete(key);
  }

  tabStop() {
    const all = this.items();
    const current = all.find((n) => n.tabIndex === 0) || all.at(-1);
    for (const node of all) node.tabIndex = node === current ? 0 : -1;
  }

  // Only the message one is in puts its toolbar in the tab order; otherwise
  // every message would cost two presses of Tab.
  reach(message) {
    if (message === this.reached) return;
    const set = (node, index) => { for (const button of node?.querySelectorAll(':scope > .toolbar button') || []) button.tabIndex = index; };
    set(this.reached, -1);
    set(message, 0);
    this.reached = message;
  }

  items() {
    return [...this.list.querySelectorAll(':scope > .message')];
  }

  walk(event) {
    const all = this.items();
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -all.length, End: all.length }[event.key];
    // Only while the message itself has the focus: inside it, keys belong to
    // its controls.
    if (!step || !all.includes(document.activeElement)) return;
    event.preventDefault();
    rove(all, document.activeElement, step);
  }

  destroy() {
    this.watch.disconnect();
  }
}

// When an app changes a message in place, the person who pressed its button
// stays where they were: the same control, or the message.
function handFocus(before, after) {
  const active = document.activeElement;
  if (!before.contains(active)) return;
  const action = active.dataset.actionId;
  queueMicrotask(() => {
    if (!after.isConnected) return;
    const same = action && [...after.querySelectorAll('[data-action-id]')].find((n) => n.dataset.actionId === action && !n.disabled);
    (same || after).focus({ preventScroll: true });
  });
}
