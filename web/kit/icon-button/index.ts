import { define } from '../define.js';
import { KIconButton } from './icon-button.js';

define('k-icon-button', KIconButton);
export { KIconButton };

declare global {
  interface HTMLElementTagNameMap {
    'k-icon-button': KIconButton;
  }
}
