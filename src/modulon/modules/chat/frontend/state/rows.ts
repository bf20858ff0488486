/** The thread as rows: the messages of the active branch, and what was written but not accepted yet. */
import type { Message, Outgoing } from '../api.js';

/** A message on its way to the server. Its key makes a repeated attempt the same message. */
export interface Unsent extends Outgoing {
  key: string;
  parentId: string | null;
  /** `waiting`: the network is away; it is sent by itself as soon as it is back. */
  state: 'sending' | 'waiting' | 'failed';
  error?: unknown;
}

export interface Row {
  message: Message;
  unsent?: Unsent;
  /** How long its run took, if this page saw it end. */
  seconds?: number;
}

/** The place in the branch: stays the same for an edit, another answer, and a message that is accepted. */
export function rowKey({ message }: Row): string {
  return message.parent_id ?? 'root';
}

export function replaceMessage(rows: readonly Row[], message: Message): Row[] {
  return rows.map((row) => (row.message.id === message.id ? { ...row, message } : row));
}

/** The rows up to the place under `parentId`, which is where something new goes. */
export function rowsBefore(rows: readonly Row[], parentId: string | null): Row[] {
  const at = rows.findIndex(({ message }) => message.parent_id === parentId);
  return at < 0 ? [...rows] : rows.slice(0, at);
}

export function unsentRow(unsent: Unsent, conversationId: string): Row {
  const message: Message = {
    id: unsent.key,
    conversation_id: conversationId,
    parent_id: unsent.parentId,
    role: 'user',
    status: 'complete',
    model: '',
    run_id: null,
    created_at: new Date().toISOString(),
    parts: [{ type: 'text', index: 0, text: unsent.text }],
    siblings: [],
    usage: null,
  };
  return { message, unsent };
}

/** What the server says of the end of the branch, with what is known already: older rows, a longer text, a duration. */
export function mergeRows(known: readonly Row[], loaded: readonly Message[], following: string | null): Row[] {
  const first = loaded[0];
  const at = first === undefined ? -1 : known.findIndex(({ message }) => message.id === first.id);
  const byId = new Map(known.map((row) => [row.message.id, row]));
  const fresh = loaded.map((message): Row => {
    const before = byId.get(message.id);
    if (before !== undefined && message.id === following) return before;
    return before?.seconds === undefined ? { message } : { message, seconds: before.seconds };
  });
  return at > 0 ? [...known.slice(0, at), ...fresh] : fresh;
}
