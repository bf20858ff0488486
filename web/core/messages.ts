/** What the page says: toasts that are seen, announcements that are heard. */
import { randomId } from './ids.js';
import { Store } from './store.js';

export interface Toast {
  id: string;
  text: string;
  tone: 'info' | 'ok' | 'bad';
  action?: { label: string; run: () => unknown };
}

export const toasts = new Store<readonly Toast[]>([]);

/** Shows a short message at the edge of the page. Returns how to take it away. */
export function toast(text: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): () => void {
  const one: Toast = { id: randomId(), text, tone: options.tone ?? 'info', ...(options.action ? { action: options.action } : {}) };
  toasts.set([...toasts.value.slice(-2), one]);
  return () => {
    toasts.set(toasts.value.filter((other) => other !== one));
  };
}

export interface Announcement {
  text: string;
  assertive: boolean;
}

export const announcement = new Store<Announcement>({ text: '', assertive: false });

/** Has a screen reader say *text*, when it has ended what it says (or at once if *assertive*). */
export function announce(text: string, { assertive = false }: { assertive?: boolean } = {}): void {
  announcement.set({ text, assertive });
}
