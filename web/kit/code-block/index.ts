import { define } from '../define.js';
import { KCodeBlock } from './code-block.js';

define('k-code-block', KCodeBlock);
export { KCodeBlock };

declare global {
  interface HTMLElementTagNameMap {
    'k-code-block': KCodeBlock;
  }
}
