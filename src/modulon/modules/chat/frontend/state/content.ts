/** A message as a person reads it: its parts gathered into blocks. */
import type { Message, Part } from '../api.js';

type PartOf<Type extends Part['type']> = Extract<Part, { type: Type }>;

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'steps'; steps: (PartOf<'reasoning'> | PartOf<'tool_call'>)[] }
  | { kind: 'notice'; part: PartOf<'notice'> };

/**
 * Text that was interrupted and continued is one text again. Thinking and tool calls that follow one another are one
 * quiet row. Errors are not among the blocks: only the one an answer ends with counts, see `faultOf`.
 */
export function blocksOf(message: Message): Block[] {
  const blocks: Block[] = [];
  for (const part of message.parts) {
    const last = blocks.at(-1);
    if (part.type === 'text') {
      if (last?.kind === 'text') last.text += part.text;
      else blocks.push({ kind: 'text', text: part.text });
    } else if (part.type === 'reasoning' || part.type === 'tool_call') {
      if (last?.kind === 'steps') last.steps.push(part);
      else blocks.push({ kind: 'steps', steps: [part] });
    } else if (part.type === 'notice') blocks.push({ kind: 'notice', part });
  }
  return blocks;
}

/** The text of a message, for the clipboard and for editing. */
export function textOf(message: Message): string {
  return blocksOf(message)
    .flatMap((block) => (block.kind === 'text' ? [block.text] : []))
    .join('\n\n');
}

/** Why the answer ends where it does. */
export function faultOf(message: Message): PartOf<'error'> | undefined {
  const last = message.parts.at(-1);
  return last?.type === 'error' ? last : undefined;
}
