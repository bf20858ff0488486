import { define } from '../define.js';
import { KMenu } from './menu.js';

define('k-menu', KMenu);
export { KMenu };
export type { MenuEntry, MenuItem } from './menu.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-menu': KMenu;
  }
}
