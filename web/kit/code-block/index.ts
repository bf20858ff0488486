import { define } from '../define.js';
import { CodeBlock } from './code-block.js';

define('k-code-block', CodeBlock);
export { CodeBlock };

declare global {
  interface HTMLElementTagNameMap {
    'k-code-block': CodeBlock;
  }
}
