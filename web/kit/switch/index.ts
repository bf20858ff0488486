import { define } from '../define.js';
import { KSwitch } from './switch.js';

define('k-switch', KSwitch);
export { KSwitch };

declare global {
  interface HTMLElementTagNameMap {
    'k-switch': KSwitch;
  }
}
