import { define } from '../define.js';
import { KDialog } from './dialog.js';
export { formButtons } from './form-buttons.js';

define('k-dialog', KDialog);
export { KDialog };

declare global {
  interface HTMLElementTagNameMap {
    'k-dialog': KDialog;
  }
}
