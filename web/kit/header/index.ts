import { define } from '../define.js';
import { KHeader } from './header.js';

define('k-header', KHeader);
export { KHeader };

declare global {
  interface HTMLElementTagNameMap {
    'k-header': KHeader;
  }
}
