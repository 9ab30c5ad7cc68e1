// "Klantbot schrijft…" above the composer, and an assistant's suggested prompts.
import { h } from './dom.js';
import { t } from './i18n.js';
import { current, isAppChannel, on, state } from './state.js';
import { send } from './socket.js';

const key = (channel, thread) => `${channel}/${thread || ''}`;
const prompts = new Map();

// The lines of one conversation (the prompts above the composer, the status
// in the row under it, by the style sheet); they follow what the server says until the
// node is taken away.
export function statusLine(channel, thread) {
  const line = h('div', { class: 'status', role: 'status', data: { testid: 'status' } });
  const chips = h('div', { class: 'prompts' });
  const node = h('div', { class: 'status-wrap' }, chips, line);
  const draw = () => {
    const text = state.status.get(key(channel, thread)) || '';
    line.replaceChildren(...(text ? [h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), said(text)] : []));
    const offered = prompts.get(key(channel, thread));
    const begin = !thread && state.app?.talks && isAppChannel(current()) && h('button', { type: 'button', class: 'button chip-button', data: { testid: 'talk' }, onclick: () => send({ type: 'talk' }) }, t('talk.new'));
    chips.replaceChildren(...[begin].filter(Boolean), ...(offered?.prompts || []).map((one) => h('button', { type: 'button', class: 'button chip-button', onclick: () => use(one) }, one.title)));
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

// Slack prefixes the app's name to a status such as "is typing…".
const said = (text) => (/^[a-z]/.test(text) && state.app ? `${state.app.name} ${text}` : text);

on('frame:prompts', (frame) => {
  prompts.set(key(frame.channel, frame.thread_ts), frame);
});
