import { define } from '../define.js';
import { KSelect } from './select.js';

define('k-select', KSelect);
export { KSelect };

declare global {
  interface HTMLElementTagNameMap {
    'k-select': KSelect;
  }
}
