import { define } from '../define.js';
import { KCheckbox } from './checkbox.js';

define('k-checkbox', KCheckbox);
export { KCheckbox };

declare global {
  interface HTMLElementTagNameMap {
    'k-checkbox': KCheckbox;
  }
}
