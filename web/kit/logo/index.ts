import { define } from '../define.js';
import { KLogo } from './logo.js';

define('k-logo', KLogo);
export { KLogo };

declare global {
  interface HTMLElementTagNameMap {
    'k-logo': KLogo;
  }
}
