// Everything on the page is built from nodes and text, never from markup in a
// string: what people and apps write can then not become an element or a script.

const SVG = 'http://www.w3.org/2000/svg';

function apply(node, props) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') node.setAttribute('class', value);
    else if (name === 'data') Object.assign(node.dataset, definedOnly(value));
    else if (name === 'vars') setVars(node, value);
    else if (name.startsWith('on') && typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'indeterminate') node[name] = value;
    else node.setAttribute(name, value === true ? '' : String(value));
  }
}

function definedOnly(object) {
  return Object.fromEntries(Object.entries(object).filter(([, v]) => v !== undefined && v !== null && v !== false));
}

// The content security policy forbids style attributes; the CSSOM is allowed.
export function setVars(node, vars) {
  for (const [name, value] of Object.entries(vars)) node.style.setProperty(name, value);
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === '') continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  apply(node, props);
  append(node, children);
  return node;
}

export function svg(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  apply(node, props);
  append(node, children);
  return node;
}

let ids = 0;
export function uid(prefix = 'k') {
  ids += 1;
  return `${prefix}-${ids}`;
}

// Only addresses that open a page, a mail or our own files; `javascript:` and
// the like become plain text at the caller.
export function safeUrl(url) {
  if (typeof url !== 'string' || url === '') return null;
  try {
    const parsed = new URL(url, location.href);
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

export function link(url, ...children) {
  const href = safeUrl(url);
  if (!href) return h('span', null, ...children);
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

// Moves a roving tabindex through `items` and focuses the chosen one.
export function rove(items, current, step) {
  if (items.length === 0) return;
  const at = items.indexOf(current);
  const next = items[Math.max(0, Math.min(items.length - 1, at + step))];
  for (const item of items) item.tabIndex = item === next ? 0 : -1;
  next.focus();
}

export const isPhone = () => matchMedia('(max-width: 640px)').matches;
