// A surface is what carries blocks: a message, a modal or the Home tab. It
// keeps what was filled in, by block_id and action_id, across redraws (Slack
// does too), and sends a press with the state of everything on it.
import { ask, send } from './socket.js';
import { begin } from './working.js';

class Surface {
  constructor({ kind, channel, ts, view }) {
    Object.assign(this, { kind, channel, ts, view });
    this.values = new Map();
    this.present = new Map();
    this.errors = {};
    this.checks = new Map();
  }

  // Called before a redraw: only elements drawn after it count as present.
  restart() {
    this.present = new Map();
    this.checks = new Map();
  }

  address() {
    return this.view ? { view: this.view } : { channel: this.channel, ts: this.ts };
  }

  // The value of an element, or `initial` when it was never filled in.
  register(block, action, initial) {
    const key = `${block}\n${action}`;
    if (!this.values.has(key)) this.values.set(key, initial);
    this.present.set(key, [block, action]);
    return this.values.get(key);
  }

  set(block, action, value) {
    this.values.set(`${block}\n${action}`, value);
  }

  // `check()` says what is wrong with an input ('' when nothing is).
  validate(block, check) {
    this.checks.set(block, check);
  }

  problems() {
    const found = {};
    for (const [block, check] of this.checks) {
      const message = check();
      if (message) found[block] = message;
    }
    return found;
  }

  state() {
    const values = {};
    for (const [key, [block, action]] of this.present) {
      (values[block] ||= {})[action] = this.values.get(key);
    }
    return { values };
  }

  act(action, control) {
    const key = begin((busy) => showBusy(control, busy));
    send({ type: 'action', key, ...this.address(), action, state: this.state() });
  }

  options(block, action, value) {
    return ask({ ...this.address(), block_id: block, action_id: action, value });
  }
}

export function showBusy(control, busy) {
  if (!control) return;
  control.classList.toggle('busy', busy);
  if (busy) control.setAttribute('aria-busy', 'true');
  else control.removeAttribute('aria-busy');
}

const kept = new Map();

// The surface of a message or view, the same one at every redraw.
export function surfaceFor(place) {
  const key = place.view ? `view ${place.view}` : `${place.channel}/${place.ts}`;
  if (!kept.has(key)) kept.set(key, new Surface(place));
  const surface = kept.get(key);
  surface.restart();
  return surface;
}

export function forgetView(view) {
  kept.delete(`view ${view}`);
}
