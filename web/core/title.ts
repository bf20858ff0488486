import { Store } from './store.js';

/** What the tab says before the product's name. */
export const pageTitle = new Store('');

const NAME = 'Modulon';

/** Names the page in the tab and in the history. */
export function setPageTitle(title: string): void {
  pageTitle.set(title);
  document.title = title ? `${title} · ${NAME}` : NAME;
}
