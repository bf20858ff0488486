/** Something in a document asks to be copied. Whoever has access to the clipboard answers. */
export interface CopyRequest {
  text: string;
}

/** Fires `k-copy`, which leaves all shadow roots. */
export function askToCopy(from: EventTarget, text: string): void {
  from.dispatchEvent(new CustomEvent<CopyRequest>('k-copy', { detail: { text }, bubbles: true, composed: true }));
}
