import { defineModule } from '@modulon/sdk';

import { focusComposer, newChat } from './actions.js';
import messages from './locales/en.json';

export default defineModule({
  messages,
  elements: {
    'm-chat-page': () => import('./pages/chat-page.js'),
    'm-chat-list': () => import('./components/chat-list/chat-list.js'),
    'm-chat-new': () => import('./components/chat-new/chat-new.js'),
  },
  commands: {
    'chat.new': newChat,
    'chat.focus': focusComposer,
  },
});
