import { define } from '../define.js';
import { KButton } from './button.js';

define('k-button', KButton);
export { KButton };
export type { ButtonVariant } from './button.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-button': KButton;
  }
}
