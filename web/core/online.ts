import { Store } from './store.js';

/** Whether the browser has a network. */
export const online = new Store(navigator.onLine);

window.addEventListener('online', () => {
  online.set(true);
});
window.addEventListener('offline', () => {
  online.set(false);
});
