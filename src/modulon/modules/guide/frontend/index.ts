import { defineModule, navigate, t } from '@modulon/sdk';

import en from './locales/en.json';
import { HELP } from './paths.js';
import { searchDocumentation } from './search.js';

export default defineModule({
  messages: en,
  elements: {
    'm-guide-help': () => import('./pages/help/help.js'),
  },
  commands: {
    'guide.open': () => { navigate(HELP); },
    'guide.first_steps': () => { navigate(`${HELP}/guide/first-steps`); },
    'guide.keyboard': () => { navigate(`${HELP}/guide/keyboard`); },
  },
  search: () => [{ id: 'guide', group: t('guide.title'), search: searchDocumentation }],
});
