import { define } from '../define.js';
import { KMarkdown } from './markdown.js';

define('k-markdown', KMarkdown);
export { KMarkdown };
export { warmUp } from './warm-up.js';
export type { CopyRequest } from './copy.js';
export { documentWords, setDocumentWords, type DocumentWords } from './words.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-markdown': KMarkdown;
  }
}
