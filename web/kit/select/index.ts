import { define } from '../define.js';
import { KSelect } from './select.js';

define('k-select', KSelect);
export { KSelect };
export type { Option } from './select.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-select': KSelect;
  }
}
