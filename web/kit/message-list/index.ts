import { MessageList } from './message-list.js';

export type { FollowChange } from './message-list.js';
export type { RowView } from './rows.js';
export { MessageList };

if (customElements.get('k-message-list') === undefined) customElements.define('k-message-list', MessageList);

declare global {
  interface HTMLElementTagNameMap {
    'k-message-list': MessageList<unknown>;
  }
}
