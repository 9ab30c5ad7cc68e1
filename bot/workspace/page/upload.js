// Sending files to the workspace, into a channel or a thread. Without a channel
// the file is only kept, for a file_input whose form is submitted later.
import { state } from './state.js';

// Resolves to the file's record as the server tells it; rejects on refusal.
export async function upload(file, channel, thread) {
  const body = new FormData();
  body.append('file', file, file.name);
  const query = new URLSearchParams({ user: state.me });
  if (channel) query.set('channel', channel);
  if (channel && thread) query.set('thread_ts', thread);
  const answer = await fetch(`/page/upload?${query}`, { method: 'POST', body });
  if (!answer.ok) throw new Error(`upload ${answer.status}`);
  const told = await answer.json().catch(() => ({}));
  if (told.ok === false) throw new Error(told.error || 'upload');
  return typeof told.file === 'string' ? { id: told.file, name: file.name, size: file.size } : told.file;
}

// What people read as the size of a file.
export function size(bytes, number) {
  if (!bytes) return '';
  const units = ['B', 'kB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1000)));
  return `${number(bytes / 1000 ** step, { maximumFractionDigits: step > 1 ? 1 : 0 })} ${units[step]}`;
}
