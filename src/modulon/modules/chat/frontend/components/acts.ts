/** What a person asks of a message; the page does it. */
import type { Message } from '../api.js';
import type { Unsent } from '../state/rows.js';

export type Act =
  | { act: 'copy'; message: Message }
  | { act: 'regenerate'; message: Message }
  | { act: 'continue'; message: Message }
  | { act: 'edit'; message: Message; text: string }
  | { act: 'choose'; messageId: string }
  | { act: 'send-again'; unsent: Unsent }
  | { act: 'withdraw'; unsent: Unsent };

/** Fires `m-act` through all shadow roots. */
export function act(from: EventTarget, detail: Act): void {
  from.dispatchEvent(new CustomEvent<Act>('m-act', { detail, bubbles: true, composed: true }));
}

/** Something in a row is folded or unfolded by hand: the list must not move what one looks at. */
export function hold(from: EventTarget): void {
  from.dispatchEvent(new CustomEvent('k-hold', { bubbles: true, composed: true }));
}
