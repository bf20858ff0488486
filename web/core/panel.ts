import { Store } from './store.js';

/** The panel at the right: closed, or open on the tab whose element has this tag. */
export const panel = new Store<{ open: boolean; tab: string }>({ open: false, tab: '' });

/** Opens the panel on a `panel.tab` element; without a tag, on the last one. */
export function openPanel(tab = panel.value.tab): void {
  panel.set({ open: true, tab });
}

export function closePanel(): void {
  panel.set({ ...panel.value, open: false });
}
