/** Choosing conversations: Ctrl or Cmd and a click, Shift and a click for a range; arrows, Space, Shift and arrows. */
import type { LitElement, ReactiveController } from 'lit';

import { remove } from '../../actions.js';
import { selection } from '../../state/selection.js';
import type { ChatEntry } from '../chat-entry/chat-entry.js';

export class Choosing implements ReactiveController {
  constructor(private readonly host: LitElement) {
    host.addController(this);
    host.addEventListener('click', this.#clicked, { capture: true });
    host.addEventListener('keydown', this.#pressed);
  }

  hostConnected(): void {
    // the listeners are the host's own and live as long as it does
  }

  get #entries(): ChatEntry[] {
    return [...this.host.renderRoot.querySelectorAll<ChatEntry>('m-chat-entry')];
  }

  get #shown(): string[] {
    return this.#entries.map(({ conversation }) => conversation.id);
  }

  /** The entry whose link an event is about; not one's menu or name field. */
  #entryOf(event: Event): ChatEntry | undefined {
    const path = event.composedPath();
    if (!path.some((one) => one instanceof HTMLAnchorElement)) return undefined;
    return this.#entries.find((entry) => path.includes(entry));
  }

  readonly #clicked = (event: MouseEvent): void => {
    const entry = this.#entryOf(event);
    if (entry === undefined) return;
    const { id } = entry.conversation;
    if (event.ctrlKey || event.metaKey) selection.toggle(id);
    else if (event.shiftKey) selection.extend(id, this.#shown);
    else {
      selection.clear();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const entry = this.#entryOf(event);
    if (entry === undefined) return;
    const { id } = entry.conversation;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && !event.altKey) this.#move(entry, step, event.shiftKey);
    else if (event.key === ' ') selection.toggle(id);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) selection.all(this.#shown);
    else if (event.key === 'Delete') void remove(selection.has(id) ? [...selection.state.value] : [id]);
    else if (event.key === 'Escape' && selection.state.value.size > 0) selection.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #move(from: ChatEntry, step: number, extend: boolean): void {
    const entries = this.#entries;
    const to = entries[entries.indexOf(from) + step];
    if (to === undefined) return;
    if (extend) {
      if (!selection.has(from.conversation.id)) selection.toggle(from.conversation.id);
      selection.extend(to.conversation.id, this.#shown);
    }
    to.focus();
  }
}
