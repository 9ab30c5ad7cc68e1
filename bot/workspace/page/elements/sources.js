// Where a select's choices come from, and how its choice is written in
// Slack's state and action payloads.
import { user, userName, state, channelName, displayName, role } from '../state.js';
import { t } from '../i18n.js';

const KIND = /^(multi_)?(static|external|users|conversations|channels)_select$/;

const FIELD = {
  static: ['selected_option', 'selected_options'], external: ['selected_option', 'selected_options'],
  users: ['selected_user', 'selected_users'], conversations: ['selected_conversation', 'selected_conversations'], channels: ['selected_channel', 'selected_channels'],
};
const INITIAL = {
  static: ['initial_option', 'initial_options'], external: ['initial_option', 'initial_options'],
  users: ['initial_user', 'initial_users'], conversations: ['initial_conversation', 'initial_conversations'], channels: ['initial_channel', 'initial_channels'],
};

export function describe(element) {
  const [, multi, kind] = KIND.exec(element.type) || [];
  return { kind, multi: Boolean(multi), byId: kind !== 'static' && kind !== 'external' };
}

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// A choice inside the page: what to show, what Slack calls it, the original.
const fromOption = (option) => ({ id: option.value, text: option.text, note: option.description, raw: option });
const fromUser = (person) => ({ id: person.id, text: displayName(person), side: t(role(person)), raw: person.id });
const fromChannel = (channel) => ({ id: channel.id, text: `${channel.kind === 'im' ? '@' : '#'}${channelName(channel)}`, raw: channel.id });

export function chosenOf(element) {
  const { kind, multi, byId } = describe(element);
  const initial = element[INITIAL[kind][multi ? 1 : 0]];
  let list = multi ? initial || [] : initial ? [initial] : [];
  if (kind === 'conversations' && list.length === 0 && element.default_to_current_conversation && state.channel) list = [state.channel];
  return byId ? list.map((id) => byIdChoice(kind, id)) : list.map(fromOption);
}

function byIdChoice(kind, id) {
  if (kind === 'users') return user(id) ? fromUser(user(id)) : { id, text: userName(id), raw: id };
  const channel = state.channels.get(id);
  return channel ? fromChannel(channel) : { id, text: id, raw: id };
}

// The choices as Slack's state has them: {type, selected_…}.
export function asState(element, chosen) {
  const { kind, multi } = describe(element);
  const raw = chosen.map((choice) => choice.raw);
  return { type: element.type, [FIELD[kind][multi ? 1 : 0]]: multi ? raw : raw[0] ?? null };
}

export function fromState(element, value) {
  const { kind, multi, byId } = describe(element);
  const raw = value?.[FIELD[kind][multi ? 1 : 0]];
  const list = multi ? raw || [] : raw ? [raw] : [];
  return list.map((one) => (byId ? byIdChoice(kind, one) : fromOption(one)));
}

function grouped(options, groups) {
  if (groups?.length) return groups.map((group) => ({ label: group.label, choices: (group.options || []).map(fromOption) }));
  return [{ choices: (options || []).map(fromOption) }];
}

const words = (text) => (typeof text === 'string' ? text : text?.text || '');

function narrowed(groups, query) {
  const wanted = fold(query.trim());
  if (!wanted) return groups;
  return groups
    .map((group) => ({ ...group, choices: group.choices.filter((c) => fold(words(c.text)).includes(wanted)) }))
    .filter((group) => group.choices.length > 0);
}

function conversations(element) {
  const filter = element.filter || {};
  const kinds = { public: 'channel', private: 'private', im: 'im', mpim: 'mpim' };
  const wanted = filter.include?.map((name) => kinds[name]);
  return [...state.channels.values()].filter((channel) => {
    if (wanted && !wanted.includes(channel.kind)) return false;
    if (filter.exclude_external_shared_channels && channel.is_ext_shared) return false;
    return !(filter.exclude_bot_users && channel.kind === 'im' && user(channel.with)?.is_bot);
  });
}

// The groups of choices for what was typed. External selects ask the app.
export async function choices(element, place, query) {
  const { kind } = describe(element);
  if (kind === 'static') return narrowed(grouped(element.options, element.option_groups), query);
  if (kind === 'external') {
    const answer = await place.surface.options(place.block, element.action_id, query);
    return grouped(answer.options, answer.option_groups);
  }
  if (kind === 'users') {
    const people = [...state.users.values()].filter((person) => !person.deleted).map(fromUser);
    return narrowed([{ choices: people.sort((a, b) => a.text.localeCompare(b.text)) }], query);
  }
  const list = kind === 'channels' ? [...state.channels.values()].filter((c) => c.kind === 'channel') : conversations(element);
  return narrowed([{ choices: list.map(fromChannel).sort((a, b) => a.text.localeCompare(b.text)) }], query);
}
