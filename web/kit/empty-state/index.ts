import { define } from '../define.js';
import { KEmptyState } from './empty-state.js';

define('k-empty-state', KEmptyState);
export { KEmptyState };

declare global {
  interface HTMLElementTagNameMap {
    'k-empty-state': KEmptyState;
  }
}
