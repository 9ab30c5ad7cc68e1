// Which presses are waiting for the app. The server tells when one begins and
// ends by the key the page gave; a control shows its spinner meanwhile.
import { on } from './state.js';
import { newKey } from './socket.js';

const pending = new Map();

// A key for a new request; `show(true)` runs when it starts to take time and
// `show(false)` exactly once when it is over.
export function begin(show) {
  const key = newKey();
  show(true);
  const limit = setTimeout(() => finish(key), 15000);
  pending.set(key, { show, limit });
  return key;
}

function finish(key) {
  const entry = pending.get(key);
  if (!entry) return;
  clearTimeout(entry.limit);
  pending.delete(key);
  entry.show(false);
}

on('frame:working', ({ key, on: busy }) => {
  if (!busy) finish(key);
});

// Whatever was waiting when the connection broke will not be answered here.
on('offline', () => {
  for (const key of [...pending.keys()]) finish(key);
});
