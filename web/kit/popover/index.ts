import { define } from '../define.js';
import { KPopover } from './popover.js';

define('k-popover', KPopover);
export { KPopover };
export type { Placement } from './popover.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-popover': KPopover;
  }
}
