import { define } from '../define.js';
import { KLookAlikes, lookAlikesText } from './look-alikes.js';

define('k-look-alikes', KLookAlikes);
export { KLookAlikes, lookAlikesText };

declare global {
  interface HTMLElementTagNameMap {
    'k-look-alikes': KLookAlikes;
  }
}
