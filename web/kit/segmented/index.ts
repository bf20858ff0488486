import { define } from '../define.js';
import { KSegmented } from './segmented.js';

define('k-segmented', KSegmented);
export { KSegmented };
export type { Segment } from './segmented.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-segmented': KSegmented;
  }
}
