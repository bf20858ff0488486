import { define } from '../define.js';
import { KTooltip } from './tooltip.js';

define('k-tooltip', KTooltip);
export { KTooltip };

declare global {
  interface HTMLElementTagNameMap {
    'k-tooltip': KTooltip;
  }
}
