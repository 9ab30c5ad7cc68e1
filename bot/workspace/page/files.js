// Files in messages and in image blocks: where their contents are, and how
// they are shown.
import { h, safeUrl } from './dom.js';
import { icon } from './icons.js';
import { number, t } from './i18n.js';
import { size } from './upload.js';

// Slack's own addresses of a file carry the token of an app; the page reads
// the same contents from the workspace by id.
const fileUrl = (id) => `/files/${encodeURIComponent(id)}`;

export function imageUrl(block) {
  if (block.slack_file) return block.slack_file.id ? fileUrl(block.slack_file.id) : block.slack_file.url;
  return block.image_url;
}

export function fileView(file) {
  const name = file.title || file.name || file.id;
  const href = safeUrl(file.url_private || fileUrl(file.id));
  const isImage = /^image\/(png|jpe?g|gif|webp|svg\+xml)$/.test(file.mimetype || '');
  if (isImage) {
    return h('a', { class: 'file-image', href, target: '_blank', rel: 'noopener', 'aria-label': t('file.open', { name }) },
      h('span', { class: 'file-caption' }, name), h('img', { src: href, alt: file.alt_txt || name, loading: 'lazy' }));
  }
  return h('a', { class: 'file-card', href, target: '_blank', rel: 'noopener', 'aria-label': t('file.open', { name }) },
    h('span', { class: 'file-kind' }, icon('file', 22)),
    h('span', { class: 'file-text' }, h('span', { class: 'file-name' }, name), h('span', { class: 'muted' }, [file.pretty_type || (file.filetype || '').toUpperCase(), size(file.size, number)].filter(Boolean).join(' · '))));
}
