import { defineModule } from '@modulon/sdk';

import { dialog } from './dialog-state.js';
import en from './locales/en.json';

export default defineModule({
  messages: en,
  elements: {
    'm-workspaces-switcher': () => import('./components/switcher/switcher.js'),
  },
  commands: {
    'workspaces.create': () => {
      dialog.set('create');
    },
  },
});
