import { navigate, Store } from '@modulon/sdk';

import type { Provider } from './api.js';

/** Whether the dialog is open, and on which provider: a command may open it from any page. */
export const dialog = new Store<{ open: boolean; provider?: Provider | undefined }>({ open: false });

/** Opens the page with the dialog for a new provider. */
export function addProviderPage(): void {
  dialog.set({ open: true });
  navigate('/settings/providers');
}
