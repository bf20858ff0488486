import { defineModule } from '@modulon/sdk';

import en from './locales/en.json';

export default defineModule({
  messages: en,
  elements: {
    'm-events-page': () => import('./pages/log/log.js'),
  },
});
