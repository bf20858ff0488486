import { navigate, Store } from '@modulon/sdk';

/** Whether the dialog for a new key is open: a command may open it from any page. */
export const creating = new Store(false);

/** Opens the page with the dialog for a new key. */
export function createKeyPage(): void {
  creating.set(true);
  navigate('/settings/keys');
}
