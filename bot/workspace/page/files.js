// Files in messages and in image blocks: where their contents are, and how
// they are shown.
import { h, safeUrl } from './dom.js';
import { icon } from './icons.js';
import { number, t } from './i18n.js';
import { size } from './upload.js';

// url_private wants an app's token. The server adds an address that pages may
// load: `page` on a file, image_url beside a slack_file.
export const imageUrl = (block) => block.image_url || block.slack_file?.url;

export function fileView(file) {
  const name = file.title || file.name || file.id;
  const href = safeUrl(file.page || file.url_private);
  const isImage = /^image\/(png|jpe?g|gif|webp)$/.test(file.mimetype || '');
  if (isImage) {
    return h('a', { class: 'file-image', href, target: '_blank', rel: 'noopener', 'aria-label': t('file.open', { name }) },
      h('span', { class: 'file-caption' }, name), h('img', { src: href, alt: file.alt_txt || name, loading: 'lazy' }));
  }
  return h('a', { class: 'file-card', href, target: '_blank', rel: 'noopener' },
    h('span', { class: 'file-kind' }, icon('file', 22)),
    h('span', { class: 'file-text' }, h('span', { class: 'file-name' }, name), h('span', { class: 'muted' }, [file.pretty_type || (file.filetype || '').toUpperCase(), size(file.size, number)].filter(Boolean).join(' · '))));
}
