import { define } from '../define.js';
import { KAvatar } from './avatar.js';

define('k-avatar', KAvatar);
export { KAvatar };
export { colourOf, initials } from './avatar.js';

declare global {
  interface HTMLElementTagNameMap {
    'k-avatar': KAvatar;
  }
}
