import { define } from '../define.js';
import { TableFrame } from './table-frame.js';

define('k-table-frame', TableFrame);
export { TableFrame };

declare global {
  interface HTMLElementTagNameMap {
    'k-table-frame': TableFrame;
  }
}
