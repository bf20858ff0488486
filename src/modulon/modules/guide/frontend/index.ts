import { defineModule, navigate } from '@modulon/sdk';

import en from './locales/en.json';
import { HELP } from './paths.js';

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
});
