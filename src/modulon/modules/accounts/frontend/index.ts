import { defineModule } from '@modulon/sdk';

import { createKeyPage } from './creating.js';
import { leave } from './leave.js';
import en from './locales/en.json';

export default defineModule({
  messages: en,
  elements: {
    'm-accounts-setup': () => import('./pages/setup/setup.js'),
    'm-accounts-signin': () => import('./pages/signin/signin.js'),
    'm-accounts-account': () => import('./pages/account/account.js'),
    'm-accounts-join': () => import('./pages/join/join.js'),
    'm-accounts-people': () => import('./pages/people/people.js'),
    'm-accounts-preferences': () => import('./pages/preferences/preferences.js'),
    'm-accounts-reset': () => import('./pages/reset/reset.js'),
    'm-accounts-keys': () => import('./pages/keys/keys.js'),
  },
  commands: {
    'accounts.sign_out': leave,
    'accounts.create_key': createKeyPage,
  },
});
