import { define } from '../define.js';
import { KPager } from './pager.js';

define('k-pager', KPager);
export { KPager };

declare global {
  interface HTMLElementTagNameMap {
    'k-pager': KPager;
  }
}
