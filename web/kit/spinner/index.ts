import { define } from '../define.js';
import { KSpinner } from './spinner.js';

define('k-spinner', KSpinner);
export { KSpinner };

declare global {
  interface HTMLElementTagNameMap {
    'k-spinner': KSpinner;
  }
}
