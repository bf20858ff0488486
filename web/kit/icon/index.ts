import { define } from '../define.js';
import { KIcon } from './icon.js';

define('k-icon', KIcon);
export { KIcon };
export { icon, type IconSize } from './svg.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-icon': KIcon;
  }
}
