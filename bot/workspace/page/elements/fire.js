// How every interactive element reports: keep the value, ask for confirmation
// where the app wants one, and send the press unless a form's submit will.
import { confirmed } from '../confirm.js';

// place: {surface, block, live}; live is false in an input block without
// dispatch_action, whose value only travels with the submission.
export async function fire(place, element, payload, control, before) {
  if (!(await confirmed(element.confirm))) return false;
  before?.();
  if (place.live && place.surface) {
    place.surface.act({ type: element.type, action_id: element.action_id, block_id: place.block, ...payload }, control);
  }
  return true;
}

export function keep(place, element, value) {
  place.surface?.set(place.block, element.action_id, value);
  place.changed?.();
}

// The attributes that every control of an element carries: the hooks for tests
// and the names for screen readers.
export function hooks(place, element) {
  return {
    data: { actionId: element.action_id, blockId: place.block, element: element.type },
    'aria-labelledby': place.labelledBy,
    'aria-describedby': place.describedBy,
    'aria-required': place.required ? 'true' : undefined,
  };
}
