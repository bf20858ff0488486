import { define } from '../define.js';
import { KField } from './field.js';

define('k-field', KField);
export { KField };
export { passwordStrength } from './strength.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-field': KField;
  }
}
