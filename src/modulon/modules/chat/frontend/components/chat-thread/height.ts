/** How tall a message will be, guessed from its text before it is made. */
import type { Message } from '../../api.js';

/** Of a full column in the usual size of text, and of what stands around the text: name, buttons, gap. */
const CHARACTERS_A_LINE = 85;
const LINE_PX = 26;
const AROUND_PX = 100;

/**
 * A wrong guess costs a few rows more or less, never a jump: what is seen is measured.
 *
 * @returns CSS pixels
 */
export function guessHeight(message: Message): number {
  let lines = 1;
  for (const part of message.parts) if (part.type === 'text') lines += linesOf(part.text);
  return AROUND_PX + lines * LINE_PX;
}

function linesOf(text: string): number {
  let breaks = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks += 1;
  return Math.floor(text.length / CHARACTERS_A_LINE) + breaks;
}
