import { define } from '../define.js';
import { KSkeleton } from './skeleton.js';

define('k-skeleton', KSkeleton);
export { KSkeleton };

declare global {
  interface HTMLElementTagNameMap {
    'k-skeleton': KSkeleton;
  }
}
