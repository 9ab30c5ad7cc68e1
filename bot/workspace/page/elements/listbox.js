// The searchable list under a select: a text field that keeps the focus and a
// listbox it steers (the combobox pattern), so arrows and typing both work.
import { h, uid } from '../dom.js';
import { icon } from '../icons.js';
import { textObject } from '../mrkdwn.js';
import { plural, t } from '../i18n.js';

// ask(query) -> Promise of groups; chosen() -> Set of ids; pick(choice) is called
// for each press. minimum: letters before asking; pause: ms between keys.
export function listbox({ label, multi, minimum = 0, pause = 0, ask, chosen, pick }) {
  const listId = uid('list');
  const search = h('input', {
    type: 'text', class: 'list-search', role: 'combobox', autocomplete: 'off', spellcheck: 'false', 'aria-label': label || t('select.search'),
    placeholder: t('select.search'), 'aria-expanded': 'true', 'aria-controls': listId, 'aria-autocomplete': 'list', data: { testid: 'select-search' },
  });
  const list = h('ul', { id: listId, class: 'list', role: 'listbox', 'aria-label': label || t('select.search'), 'aria-multiselectable': multi ? 'true' : undefined });
  const note = h('div', { class: 'list-note', role: 'status' });
  const node = h('div', { class: 'listbox' }, h('div', { class: 'list-field' }, icon('search', 16), search), list, note);
  let options = [];
  let active = -1;
  let asked = 0;
  let timer = null;

  const activate = (index) => {
    active = options.length ? (index + options.length) % options.length : -1;
    options.forEach(({ item }, i) => item.classList.toggle('active', i === active));
    const item = options[active]?.item;
    if (item) {
      search.setAttribute('aria-activedescendant', item.id);
      item.scrollIntoView({ block: 'nearest' });
    } else {
      search.removeAttribute('aria-activedescendant');
    }
  };

  const mark = () => {
    const ids = chosen();
    for (const { item, choice } of options) {
      item.setAttribute('aria-selected', String(ids.has(choice.id)));
      item.classList.toggle('chosen', ids.has(choice.id));
    }
  };

  const draw = (groups) => {
    options = [];
    list.replaceChildren(...groups.map((group) => {
      const items = group.choices.map((choice) => option(choice, options, pickAt));
      if (!group.label) return items;
      const id = uid('group');
      return [h('li', { role: 'presentation' }, h('ul', { role: 'group', 'aria-labelledby': id, class: 'list-group' }, h('li', { id, class: 'list-heading', role: 'presentation' }, textObject(group.label)), items))];
    }).flat());
    mark();
    list.hidden = options.length === 0;
    say(options.length ? plural('select.results', options.length) : t('select.none'), options.length > 0);
    activate(Math.max(0, options.findIndex(({ choice }) => !multi && chosen().has(choice.id))));
  };

  const say = (text, quiet = false) => {
    note.textContent = text;
    note.classList.toggle('sr-only', quiet);
  };

  const pickAt = (index) => {
    if (!options[index]) return;
    pick(options[index].choice);
    mark();
    activate(index);
  };

  const refresh = async () => {
    const query = search.value;
    if (query.trim().length < minimum) {
      asked += 1;
      draw([]);
      say(plural('select.min', minimum));
      return;
    }
    asked += 1;
    const turn = asked;
    if (pause) say(t('select.loading'));
    node.classList.toggle('busy', pause > 0);
    try {
      const groups = await ask(query);
      // A slow answer to an earlier query must not replace a later one.
      if (turn === asked) draw(groups);
    } catch {
      if (turn === asked) { draw([]); say(t('select.failed')); }
    }
    if (turn === asked) node.classList.remove('busy');
  };

  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, pause);
  });
  search.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) activate(Math.abs(step) > 1 ? Math.max(0, Math.min(options.length - 1, active + step)) : active + step);
    else if (event.key === 'Enter') pickAt(active);
    else return;
    event.preventDefault();
  });
  return { node, search, refresh };
}

function option(choice, options, pickAt) {
  const index = options.length;
  const item = h('li', { id: uid('option'), class: 'list-item', role: 'option', 'aria-selected': 'false', data: { value: choice.id, testid: 'option' } },
    h('span', { class: 'list-text' }, h('span', null, textObject(choice.text)), choice.note && h('span', { class: 'list-small' }, textObject(choice.note))),
    choice.side && h('span', { class: 'list-side' }, choice.side), icon('check', 16));
  // The field keeps the focus, so a press must not take it.
  item.addEventListener('pointerdown', (event) => event.preventDefault());
  item.addEventListener('click', () => pickAt(index));
  options.push({ item, choice });
  return item;
}
