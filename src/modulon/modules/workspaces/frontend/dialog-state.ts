import { Store } from '@modulon/sdk';

/** Which dialog is open; here, since a command opens it as well as the switcher. */
export const dialog = new Store<'' | 'create' | 'rename'>('');
