// header, context, image, video and file.
import { h, link, safeUrl } from '../dom.js';
import { imageUrl } from '../files.js';
import { icon } from '../icons.js';
import { textObject } from '../mrkdwn.js';
import { t } from '../i18n.js';

export function header(block) {
  return h('h3', { class: 'header-block' }, textObject(block.text));
}

export function context(block) {
  return h('div', { class: 'context' }, (block.elements || []).map((one) => (one.type === 'image'
    ? h('img', { class: 'context-image', src: safeUrl(imageUrl(one)), alt: one.alt_text || '' })
    : h('span', { class: 'context-text' }, textObject(one)))));
}

export function image(block) {
  const src = safeUrl(imageUrl(block));
  const picture = h('img', { class: 'image-block', src, alt: block.alt_text || '', loading: 'lazy' });
  const opened = h('a', { href: src, target: '_blank', rel: 'noopener', class: 'image-open' }, picture);
  picture.addEventListener('error', () => opened.classList.add('missing'));
  if (!block.title) return opened;
  const toggle = h('button', { type: 'button', class: 'icon-button small', 'aria-expanded': 'true', 'aria-label': t('image.hide'), title: t('image.hide') }, icon('down', 14));
  toggle.addEventListener('click', () => {
    opened.hidden = !opened.hidden;
    const label = t(opened.hidden ? 'image.show' : 'image.hide');
    toggle.setAttribute('aria-expanded', String(!opened.hidden));
    toggle.setAttribute('aria-label', label);
    toggle.title = label;
  });
  return h('figure', { class: 'figure' }, h('figcaption', { class: 'figure-title' }, textObject(block.title), toggle), opened);
}

// A video is opened where it lives: the page frames nothing from outside.
export function video(block) {
  return h('div', { class: 'video' },
    link(block.title_url || block.video_url, h('strong', null, textObject(block.title))),
    block.author_name && h('span', { class: 'muted' }, block.author_name),
    block.description && h('div', null, textObject(block.description)),
    link(block.video_url, h('span', { class: 'video-open' }, icon('play', 28), h('span', null, block.alt_text || ''))));
}

export function file(block) {
  return h('div', { class: 'file-card' }, h('span', { class: 'file-kind' }, icon('file', 22)), h('span', { class: 'file-name' }, block.external_id || block.file_id || ''));
}
