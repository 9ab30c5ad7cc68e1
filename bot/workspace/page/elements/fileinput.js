// file_input: files are uploaded when chosen and named in the submission.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { number, t } from '../i18n.js';
import { toast } from '../toast.js';
import { size, upload } from '../upload.js';
import { hooks, keep } from './fire.js';

export function fileInput(element, place) {
  const stored = place.surface.register(place.block, element.action_id, { type: element.type, files: [] });
  let files = stored.files;
  const limit = element.max_files || 10;
  const list = h('ul', { class: 'file-list' });
  const picker = h('input', {
    type: 'file', ...hooks(place, element), class: 'sr-only file-picker', multiple: limit > 1,
    accept: element.filetypes?.length ? element.filetypes.map((type) => `.${type}`).join(',') : undefined,
  });
  const label = h('label', { class: 'button file-button' }, icon('clip', 18), t('file.choose'), picker);
  const node = h('div', { class: 'file-input' }, label, list);

  const change = (next) => {
    files = next;
    keep(place, element, { type: element.type, files });
    draw();
  };
  const draw = () => list.replaceChildren(...files.map((file) => h('li', { class: 'file-row' }, icon('file', 18),
    h('span', { class: 'file-name' }, file.title || file.name), h('span', { class: 'muted' }, size(file.size, number)),
    h('button', { type: 'button', class: 'icon-button', 'aria-label': t('file.remove', { name: file.name }), onclick: () => change(files.filter((f) => f !== file)) }, icon('close', 16)))));

  picker.addEventListener('change', async () => {
    label.classList.add('busy');
    for (const file of [...picker.files].slice(0, limit - files.length)) {
      try {
        change([...files, await upload(file)]);
      } catch {
        toast(t('upload.failed', { name: file.name }), 'bad');
      }
    }
    picker.value = '';
    label.classList.remove('busy');
  });
  draw();
  place.validate?.(() => (place.required && files.length === 0 ? t('invalid.required') : ''));
  return node;
}
