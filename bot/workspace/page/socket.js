// The page's one WebSocket: frames out, frames in, and coming back after a
// break with growing pauses. Requests that need an answer carry a number.
import { emit } from './state.js';

let socket = null;
let attempt = 0;
let greeted = false;
let timer = null;
let requests = 0;
let keys = 0;
const waiting = new Map();
const queue = [];

export function connect(user) {
  clearTimeout(timer);
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const query = user ? `?user=${encodeURIComponent(user)}` : '';
  const opened = new WebSocket(`${scheme}://${location.host}/page/socket${query}`);
  socket = opened;
  opened.onopen = () => { emit('online'); flush(); };
  opened.onmessage = ({ data }) => receive(data);
  opened.onclose = () => { if (socket === opened) again(user); };
}

function receive(raw) {
  let frame;
  try {
    frame = JSON.parse(raw);
  } catch {
    return;
  }
  if (frame.type === 'hello') {
    attempt = 0;
    greeted = true;
  }
  if (frame.type === 'options') {
    waiting.get(frame.request)?.(frame);
    waiting.delete(frame.request);
    return;
  }
  emit(`frame:${frame.type}`, frame);
}

// Pauses of .5, 1, 2, 4 … at most 15 seconds, with a little chance so that
// many windows do not all come back in the same instant.
function again(user) {
  socket = null;
  attempt += 1;
  const seconds = Math.min(15, 0.5 * 2 ** (attempt - 1)) * (0.85 + Math.random() * 0.3);
  // The server refuses who it does not know; twice refused before any hello,
  // the page asks to be whoever the server would choose.
  const next = greeted || attempt < 2 ? user : null;
  const retry = () => connect(next);
  emit('offline', { seconds, retry });
  timer = setTimeout(retry, seconds * 1000);
}

function flush() {
  while (queue.length > 0 && socket?.readyState === WebSocket.OPEN) socket.send(queue.shift());
}

// What a person did while the connection was away is sent when it is back.
export function send(frame) {
  queue.push(JSON.stringify(frame));
  flush();
}

export function newKey() {
  keys += 1;
  return `p${Date.now().toString(36)}.${keys}`;
}

// Asks for the options of an external select. The promise is rejected after
// five seconds: Slack gives an app three to answer.
export function ask(frame) {
  requests += 1;
  const request = requests;
  send({ ...frame, type: 'options', request });
  return new Promise((resolve, reject) => {
    waiting.set(request, resolve);
    setTimeout(() => {
      if (waiting.delete(request)) reject(new Error('no answer'));
    }, 5000);
  });
}
