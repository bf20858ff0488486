/** What stands in the sidebar of every page, as one file. */
import './components/chat-list/chat-list.js';
import './components/chat-new/chat-new.js';
