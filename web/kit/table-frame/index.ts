import { define } from '../define.js';
import { KTableFrame } from './table-frame.js';

define('k-table-frame', KTableFrame);
export { KTableFrame };

declare global {
  interface HTMLElementTagNameMap {
    'k-table-frame': KTableFrame;
  }
}
