import { define } from '../define.js';
import { KDialog } from './dialog.js';

define('k-dialog', KDialog);
export { KDialog };

declare global {
  interface HTMLElementTagNameMap {
    'k-dialog': KDialog;
  }
}
