import { define } from '../define.js';
import { KBanner } from './banner.js';

define('k-banner', KBanner);
export { KBanner };

declare global {
  interface HTMLElementTagNameMap {
    'k-banner': KBanner;
  }
}
