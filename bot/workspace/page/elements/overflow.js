// overflow: the three dots with up to five choices.
import { h, safeUrl } from '../dom.js';
import { icon } from '../icons.js';
import { openMenu } from '../menu.js';
import { textObject } from '../mrkdwn.js';
import { t } from '../i18n.js';
import { fire, hooks } from './fire.js';

export function overflow(element, place) {
  const node = h('button', {
    type: 'button', ...hooks(place, element), 'aria-labelledby': undefined, class: 'icon-button overflow', 'aria-label': t('overflow'), title: t('overflow'),
    'aria-haspopup': 'menu', 'aria-expanded': 'false',
  }, icon('more'));
  node.addEventListener('click', () => openMenu(node, (element.options || []).map((option) => ({
    label: textObject(option.text),
    description: option.description && textObject(option.description),
    data: { value: option.value, testid: 'option' },
    run: () => {
      const href = option.url && safeUrl(option.url);
      if (href) window.open(href, '_blank', 'noopener');
      fire(place, element, { selected_option: option }, node);
    },
  })), t('overflow')));
  return node;
}
