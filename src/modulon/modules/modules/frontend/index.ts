import { defineModule } from '@modulon/sdk';

import en from './locales/en.json';

export default defineModule({
  messages: en,
  elements: {
    'm-modules-page': () => import('./pages/modules/modules.js'),
    'm-modules-settings': () => import('./pages/settings/settings.js'),
  },
});
