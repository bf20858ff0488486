import { define } from '../define.js';
import { KChip } from './chip.js';

define('k-chip', KChip);
export { KChip };
export type { Tone } from './chip.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-chip': KChip;
  }
}
