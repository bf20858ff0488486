import { define } from '../define.js';
import { KKbd } from './kbd.js';

define('k-kbd', KKbd);
export { KKbd };

declare global {
  interface HTMLElementTagNameMap {
    'k-kbd': KKbd;
  }
}
