/** Tokens → HTML text with marked places ("slots") for the parts that are more than text. */
import { Renderer, type Tokens } from 'marked';

import type { MathToken } from './math.js';
import { SLOT } from './sanitize.js';

export type Slot =
  | { kind: 'code'; language: string; text: string }
  | { kind: 'math'; tex: string; display: boolean }
  | { kind: 'task'; done: boolean };

/** Unguessable, so that a document cannot write a slot of its own. */
const NONCE = crypto.getRandomValues(new Uint32Array(2)).join('-');

/** Index of the slot that an element's mark names, or -1 if the mark is not ours. */
export function slotIndex(mark: string | null): number {
  return mark?.startsWith(`${NONCE}:`) === true ? Number(mark.slice(NONCE.length + 1)) : -1;
}

export function languageOf(info: string | undefined): string {
  return /^[\w+#.-]+/.exec(info?.trim() ?? '')?.[0].toLowerCase() ?? '';
}

/** The text of a code block without the line end that closes it. */
export function codeText(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}

export class SlotRenderer extends Renderer {
  readonly slots: Slot[] = [];

  override code(token: Tokens.Code): string {
    return this.#slot('div', { kind: 'code', language: languageOf(token.lang), text: codeText(token.text) });
  }

  override checkbox(token: Tokens.Checkbox): string {
    return this.#slot('span', { kind: 'task', done: token.checked });
  }

  math(token: MathToken): string {
    return this.#slot('span', { kind: 'math', tex: token.tex, display: token.display });
  }

  #slot(tag: 'div' | 'span', slot: Slot): string {
    const index = this.slots.push(slot) - 1;
    return `<${tag} ${SLOT}="${NONCE}:${String(index)}"></${tag}>`;
  }
}
