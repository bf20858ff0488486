import { storage } from '../storage.js';

const LOCK = 'modulon-refresh';
const REFRESHED = 'refreshed';

/**
 * Asks for new cookies, once for all tabs. *since* is when the refused request was sent (ms): if another tab got
 * new cookies since then, they are used. Resolves to whether it is worth trying again.
 */
export function refreshSession(since: number): Promise<boolean> {
  return exclusive(async () => {
    if (Number(storage.get(REFRESHED) ?? 0) >= since) return true;
    const response = await fetch('/api/sessions/refresh', { method: 'POST', credentials: 'same-origin' });
    if (!response.ok) return false;
    storage.set(REFRESHED, String(Date.now()));
    return true;
  });
}

let tail: Promise<unknown> = Promise.resolve();

/** Web Locks span the tabs; on pages without HTTPS, which have none, at least this tab asks one at a time. */
async function exclusive(work: () => Promise<boolean>): Promise<boolean> {
  if ('locks' in navigator) return navigator.locks.request(LOCK, work);
  const next = tail.then(work);
  tail = next.catch(() => undefined);
  return next;
}
