import { define } from '../define.js';
import { KMessageList } from './message-list.js';

define('k-message-list', KMessageList);
export { KMessageList };
export type { FollowChange } from './message-list.js';
export type { RowView } from './rows.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-message-list': KMessageList<unknown>;
  }
}
