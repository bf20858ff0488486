import { define } from '../define.js';
import { KToast } from './toast.js';

define('k-toast', KToast);
export { KToast };

declare global {
  interface HTMLElementTagNameMap {
    'k-toast': KToast;
  }
}
