/** How a run's events change the message they belong to. Pure: a changed message is a new object. */
import type { Message, Part, RunEvent } from '../api.js';

/** A part as it begins: what it is, with nothing yet in what grows. */
function emptyPart(type: Part['type'], index: number): Part {
  if (type === 'tool_call') return { type, index, call_id: '', name: '', arguments: '' };
  if (type === 'error' || type === 'notice') return { type, index, code: '', detail: '' };
  return { type, index, text: '' };
}

function withPart(message: Message, part: Part): Message {
  const parts = message.parts.filter(({ index }) => index !== part.index);
  parts.push(part);
  return { ...message, parts: parts.sort((a, b) => a.index - b.index) };
}

function grown(part: Part, text: string): Part {
  if (part.type === 'tool_call') return { ...part, arguments: part.arguments + text };
  return 'text' in part ? { ...part, text: part.text + text } : part;
}

/** How much there is to see of a message: grows while it is written. */
export function sizeOf(message: Message): number {
  return message.parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 1), 0);
}

function finished(message: Message, event: Extract<RunEvent, { type: 'run.finished' }>): Message {
  const { message_status: status, error } = event.data;
  const done = { ...message, status };
  if (error === null || message.parts.some(({ type }) => type === 'error')) return done;
  const index = (message.parts.at(-1)?.index ?? -1) + 1;
  return withPart(done, { type: 'error', index, ...error });
}

/** The message after an event of its run. */
export function applyEvent(message: Message, event: RunEvent): Message {
  switch (event.type) {
    case 'run.started':
      return { ...message, status: 'streaming', run_id: event.data.run.id, model: event.data.run.model };
    case 'part.started': {
      const { part } = event.data;
      return withPart(message, { ...emptyPart(part.type, part.index), ...part } as Part);
    }
    case 'part.delta': {
      const { index, text } = event.data;
      const part = message.parts.find((one) => one.index === index) ?? emptyPart('text', index);
      return withPart(message, grown(part, text));
    }
    case 'usage':
      return { ...message, usage: event.data };
    case 'message.reset':
      return event.data.message;
    case 'run.finished':
      return finished(message, event);
    case 'part.finished':
      return message;
  }
  // a newer server may say more than this page understands
  return message;
}
