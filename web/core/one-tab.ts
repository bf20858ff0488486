import { randomId } from './ids.js';
import { storage } from './storage.js';

const RENEW_MS = 1500;
/** After so long without a sign of life somebody else takes over. Timers of hidden tabs run once a second at most. */
const STALE_MS = 5000;
const SETTLE_MS = 50;

type Work = (signal: AbortSignal) => Promise<void>;

/**
 * Does *work* in one tab of this browser at a time, the next one's turn coming when it ends there or the tab is closed.
 * By Web Locks; on pages without HTTPS, which have none, by a lease that is kept in the browser's storage.
 */
export async function inOneTab(name: string, signal: AbortSignal, work: Work): Promise<void> {
  if ('locks' in navigator) await navigator.locks.request(`modulon-${name}`, { signal }, () => work(signal));
  else await byLease(`tab-${name}`, signal, work);
}

async function byLease(key: string, signal: AbortSignal, work: Work): Promise<void> {
  const me = randomId();
  const write = (): void => {
    storage.set(key, `${me} ${String(Date.now())}`);
  };
  const holder = (): string => {
    const [id = '', at = '0'] = (storage.get(key) ?? '').split(' ');
    return Date.now() - Number(at) > STALE_MS ? '' : id;
  };
  while (!signal.aborted) {
    if (holder() === '') {
      write();
      // Tabs that saw it free at the same moment: the last one to write has it.
      await pause(SETTLE_MS, signal);
      if (holder() === me) await hold(key, me, write, holder, signal, work);
    }
    await pause(RENEW_MS, signal);
  }
}

async function hold(key: string, me: string, write: () => void, holder: () => string, signal: AbortSignal, work: Work): Promise<void> {
  const lost = new AbortController();
  const release = (): void => {
    if (holder() === me) storage.remove(key);
  };
  const timer = setInterval(() => {
    if (holder() === me || holder() === '') write();
    else lost.abort();
  }, RENEW_MS);
  window.addEventListener('pagehide', release);
  try {
    await work(AbortSignal.any([signal, lost.signal]));
  } finally {
    clearInterval(timer);
    window.removeEventListener('pagehide', release);
    release();
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
