// "Klantbot is bezig…" above the composer, with the button that stops it, and what the
// app suggests to ask.
import { h } from './dom.js';
import { t } from './i18n.js';
import { emit, on, state } from './state.js';
import { send } from './socket.js';

const key = (channel, thread) => `${channel}/${thread || ''}`;
const prompts = new Map();

// The lines of one conversation, above the composer; they follow what the server says
// until the node is taken away.
export function statusLine(channel, thread) {
  const line = h('div', { class: 'status', role: 'status', data: { testid: 'status' } });
  const chips = h('div', { class: 'prompts' });
  const node = h('div', { class: 'status-wrap' }, chips, line);
  const draw = () => {
    const working = state.status.get(key(channel, thread)) === 'processing';
    line.replaceChildren(...(working ? [h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), t('talk.working', { app: state.app?.name }),
      h('button', { type: 'button', class: 'button chip-button', data: { testid: 'stop' }, onclick: () => send({ type: 'stop', channel, thread_ts: thread }) }, t('talk.stop'))] : []));
    const offered = prompts.get(key(channel, thread));
    chips.replaceChildren(...(offered?.prompts || []).map((one) => h('button', { type: 'button', class: 'button chip-button', onclick: () => use(one) }, one.title)));
  };
  const use = (one) => {
    prompts.delete(key(channel, thread));
    send({ type: 'send', channel, text: one.message, ...(thread ? { thread_ts: thread } : {}) });
    draw();
  };
  const off = on('status', () => (node.isConnected || !node.wasShown ? draw() : off()));
  requestAnimationFrame(() => { node.wasShown = true; });
  draw();
  return node;
}

on('frame:prompts', (frame) => {
  prompts.set(key(frame.channel, ''), frame);
});
// Who began a talk needs no help to begin one.
on('frame:talk', (frame) => {
  prompts.delete(key(frame.channel, ''));
  emit('status');
});
