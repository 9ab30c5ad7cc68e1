// A menu button's list of things to do: overflow, message actions, shortcuts.
import { h, rove } from './dom.js';
import { closePopover, isOpen, openPopover } from './popover.js';

// items: {label, description?, icon?, heading?, run, data?}; a heading is only text.
export function openMenu(anchor, items, label, side = 'end') {
  if (isOpen(anchor)) {
    closePopover();
    return;
  }
  const list = h('ul', { class: 'menu', role: 'menu', 'aria-label': label });
  const buttons = [];
  for (const item of items) {
    if (item.heading) {
      list.append(h('li', { class: 'menu-heading', role: 'presentation' }, item.heading));
      continue;
    }
    const button = h('button', {
      type: 'button', class: 'menu-item', role: 'menuitem', tabindex: buttons.length ? '-1' : '0', data: item.data,
      onclick: () => { closePopover(); item.run(); },
    }, item.icon, h('span', { class: 'menu-text' }, h('span', { class: 'menu-label' }, item.label), item.description && h('span', { class: 'menu-note' }, item.description)));
    buttons.push(button);
    list.append(h('li', { role: 'none' }, button));
  }
  list.addEventListener('keydown', (event) => walk(event, buttons));
  openPopover(anchor, list, { label, side, className: 'popover-menu' });
  buttons[0]?.focus();
}

function walk(event, buttons) {
  const at = document.activeElement;
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -buttons.length, End: buttons.length }[event.key];
  if (step) {
    event.preventDefault();
    rove(buttons, at, step);
  } else if (event.key === 'Tab') {
    closePopover();
  } else if (event.key.length === 1 && /\S/.test(event.key)) {
    // Typing a letter goes to the next entry that begins with it.
    const from = buttons.indexOf(at) + 1;
    const hit = [...buttons.slice(from), ...buttons.slice(0, from)].find((b) => b.textContent.toLowerCase().startsWith(event.key.toLowerCase()));
    hit?.focus();
  }
}
