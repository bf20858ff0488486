/** Conversations carried by the pointer to a folder. `m-chat-move` does the same by keyboard. */
import { selection } from '../state/selection.js';

const TYPE = 'application/x-modulon-conversations';

/** What is carried when this one is taken: all that is chosen, if it is among them. */
export function carry(event: DragEvent, id: string): void {
  const ids = selection.has(id) ? [...selection.state.value] : [id];
  event.dataTransfer?.setData(TYPE, ids.join(' '));
  if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = 'move';
}

export function carries(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes(TYPE) ?? false;
}

export function carried(event: DragEvent): string[] {
  return (event.dataTransfer?.getData(TYPE) ?? '').split(' ').filter((id) => id !== '');
}
