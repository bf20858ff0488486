import { defineModule } from '@modulon/sdk';

import { focusComposer, newChat } from './actions.js';
import messages from './locales/en.json';

export default defineModule({
  messages,
  elements: {
    'm-chat-page': () => import('./pages/chat-page.js'),
    'm-chat-list': () => import('./sidebar.js'),
    'm-chat-new': () => import('./sidebar.js'),
  },
  commands: {
    'chat.new': newChat,
    'chat.focus': focusComposer,
  },
});
