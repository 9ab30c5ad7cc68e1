// One small panel beside a control: select lists, menus, the person switch. It
// lives in the top layer (the popover attribute), so no scrolling box or modal
// cuts it off; on a phone the style sheet turns it into a sheet at the bottom.
import { h, isPhone, setVars } from './dom.js';

let open = null;

// Opens `content` beside `anchor`. `onclose` runs once; focus goes back to the
// anchor unless the person went on to something else.
export function openPopover(anchor, content, { onclose, match = false, label, side = 'start', className = '' } = {}) {
  closePopover();
  const panel = h('div', { class: `popover ${className}`, popover: 'manual', role: 'dialog', 'aria-label': label }, content);
  // Inside a modal dialog everything outside it is inert, so we go along.
  (anchor.closest('dialog') || document.body).append(panel);
  open = { anchor, panel, onclose, match, side };
  anchor.setAttribute('aria-expanded', 'true');
  panel.showPopover?.();
  place();
  document.addEventListener('pointerdown', outside, true);
  document.addEventListener('keydown', escape, true);
  window.addEventListener('resize', place);
  document.addEventListener('scroll', follow, true);
  return panel;
}

export function closePopover(refocus = true) {
  if (!open) return;
  const { anchor, panel, onclose } = open;
  open = null;
  const inside = panel.contains(document.activeElement);
  document.removeEventListener('pointerdown', outside, true);
  document.removeEventListener('keydown', escape, true);
  window.removeEventListener('resize', place);
  document.removeEventListener('scroll', follow, true);
  anchor.setAttribute('aria-expanded', 'false');
  panel.remove();
  if (refocus && inside && anchor.isConnected) anchor.focus();
  onclose?.();
}

export const isOpen = (anchor) => open?.anchor === anchor;

function outside(event) {
  if (open && !open.panel.contains(event.target) && !open.anchor.contains(event.target)) closePopover(false);
}

function escape(event) {
  if (event.key !== 'Escape' || !open) return;
  event.preventDefault();
  event.stopPropagation();
  closePopover();
}

function follow(event) {
  if (open && !open.panel.contains(event.target)) place();
}

export function place() {
  if (!open) return;
  const { anchor, panel, match, side } = open;
  if (!anchor.isConnected) {
    closePopover(false);
    return;
  }
  if (isPhone()) {
    setVars(panel, { left: '', top: '', 'min-width': '', 'max-height': '' });
    return;
  }
  const box = anchor.getBoundingClientRect();
  if (match) setVars(panel, { 'min-width': `${box.width}px` });
  const below = innerHeight - box.bottom - 12;
  const above = box.top - 12;
  const goesUp = below < Math.min(panel.scrollHeight, 320) && above > below;
  setVars(panel, { 'max-height': `${Math.max(160, Math.min(440, goesUp ? above : below))}px` });
  const size = panel.getBoundingClientRect();
  const wanted = side === 'end' ? box.right - size.width : box.left;
  const left = Math.max(8, Math.min(innerWidth - size.width - 8, wanted));
  const top = goesUp ? box.top - size.height - 6 : box.bottom + 6;
  setVars(panel, { left: `${left}px`, top: `${Math.max(8, top)}px` });
}
