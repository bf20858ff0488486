/** A conversation as Markdown: the branch that is shown, in the order it was said. */
import type { PortableConversation } from '../api.js';

type Said = PortableConversation['messages'][number];

/** From the beginning to the message that is shown last. */
export function branchOf({ messages, active_message_id: active }: PortableConversation): Said[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: Said[] = [];
  for (let one = byId.get(active ?? ''); one !== undefined; one = byId.get(one.parent_id ?? '')) branch.unshift(one);
  return branch;
}

export function markdownOf(conversation: PortableConversation, words: { you: string; untitled: string }): string {
  const said = branchOf(conversation).map((message) => {
    const who = message.role === 'user' ? words.you : message.model;
    const text = message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('').trim();
    return `## ${who}\n\n${text}\n`;
  });
  return [`# ${conversation.title || words.untitled}\n`, ...said].join('\n');
}

/** A file name of the title that every system takes. */
export function fileName(title: string): string {
  const plain = title.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim().slice(0, 60).trim();
  return plain === '' ? 'conversation' : plain;
}
