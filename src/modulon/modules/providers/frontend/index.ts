import { defineModule } from '@modulon/sdk';

import { addProviderPage } from './dialog-state.js';
import en from './locales/en.json';

export default defineModule({
  messages: en,
  elements: {
    'm-providers-page': () => import('./pages/providers/providers.js'),
    'm-providers-first': () => import('./components/first/first.js'),
  },
  commands: {
    'providers.add': addProviderPage,
  },
});
