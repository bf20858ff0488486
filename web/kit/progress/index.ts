import { define } from '../define.js';
import { KProgress } from './progress.js';

define('k-progress', KProgress);
export { KProgress };

declare global {
  interface HTMLElementTagNameMap {
    'k-progress': KProgress;
  }
}
