import { defineModule, navigate, t } from '@modulon/sdk';

import { focusComposer, newChat } from './actions.js';
import { LIBRARY } from './paths.js';
import messages from './locales/en.json';
import { searchConversations } from './state/search.js';

export default defineModule({
  messages,
  elements: {
    'm-chat-page': () => import('./pages/chat-page.js'),
    'm-chat-library': () => import('./pages/library/library.js'),
    'm-chat-list': () => import('./sidebar.js'),
    'm-chat-new': () => import('./sidebar.js'),
  },
  commands: {
    'chat.new': newChat,
    'chat.focus': focusComposer,
    'chat.search': () => { navigate(LIBRARY); },
  },
  search: () => [{ id: 'chat', group: t('chat.search.group'), search: searchConversations }],
});
