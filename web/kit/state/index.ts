import { define } from '../define.js';
import { KState } from './state.js';

define('k-state', KState);
export { KState };

declare global {
  interface HTMLElementTagNameMap {
    'k-state': KState;
  }
}
