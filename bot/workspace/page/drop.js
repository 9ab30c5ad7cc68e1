// Dropping files anywhere on the middle column shares them in the open channel.
import { h } from './dom.js';
import { icon } from './icons.js';
import { t } from './i18n.js';
import { addressName, current } from './state.js';
import { toast } from './toast.js';
import { upload } from './upload.js';

export function acceptDrops(root) {
  const words = h('p');
  const veil = h('div', { class: 'drop', hidden: true }, icon('clip', 40), words);
  root.append(veil);
  let depth = 0;
  const carries = (event) => event.dataTransfer?.types.includes('Files') && current() && !current().is_archived;
  const end = () => { depth = 0; veil.hidden = true; };
  root.addEventListener('dragenter', (event) => {
    if (!carries(event)) return;
    depth += 1;
    words.textContent = t('composer.drop', { name: addressName(current()) });
    veil.hidden = false;
  });
  root.addEventListener('dragover', (event) => { if (carries(event)) event.preventDefault(); });
  root.addEventListener('dragleave', (event) => {
    if (carries(event) && (depth -= 1) <= 0) end();
  });
  root.addEventListener('drop', async (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    end();
    const { id } = current();
    for (const file of event.dataTransfer.files) {
      await upload(file, id).catch(() => toast(t('upload.failed', { name: file.name }), 'bad'));
    }
  });
}
