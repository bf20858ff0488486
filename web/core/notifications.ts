import { pageState } from './boot.js';
import { inOneTab } from './one-tab.js';
import { followStream } from './stream/index.js';

/** What the browser is told about: something of this type changed. */
export interface Notification {
  type: string;
  key: string;
  payload: Record<string, unknown>;
}

type Listener = (notification: Notification) => void;

interface Subscription {
  pattern: string;
  listener: Listener;
}

const subscriptions = new Set<Subscription>();
let connection: AbortController | undefined;

/** Whether *type* fits a pattern: `conversation.updated`, `conversation.*` or `*`. */
export function fits(pattern: string, type: string): boolean {
  return pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)));
}

/**
 * Calls *listener* for each notification whose type fits, until the returned function is called. One connection serves
 * all tabs of this browser and is open while somebody listens. Everybody is told `reconnected` when some may have been missed.
 */
export function onNotification(pattern: string, listener: Listener): () => void {
  const subscription = { pattern, listener };
  subscriptions.add(subscription);
  if (!connection) void connect((connection = new AbortController()));
  return () => {
    subscriptions.delete(subscription);
    if (subscriptions.size > 0) return;
    connection?.abort();
    connection = undefined;
  };
}

function tell(notification: Notification): void {
  for (const { pattern, listener } of [...subscriptions]) {
    if (fits(pattern, notification.type) || notification.type === 'reconnected') listener(notification);
  }
}

/** What one tab hears, all of this browser are told: a browser opens six connections to a server, however many tabs. */
const channel = new BroadcastChannel('modulon-notifications');
channel.addEventListener('message', ({ data }: MessageEvent<Notification>) => {
  tell(data);
});

/** How soon the stream is open when no other tab had it before. */
const AT_ONCE_MS = 1000;

async function connect(control: AbortController): Promise<void> {
  const began = performance.now();
  const { signal } = control;
  try {
    // A page without the server's state (in a test) stands alone.
    if (pageState.version === '') await listen(signal, tell, false);
    else {
      await inOneTab('notifications', signal, (mine) => listen(mine, tellAll, performance.now() - began > AT_ONCE_MS));
    }
  } catch {
    // Aborted, or signed out: whoever listens next starts anew.
  }
  if (connection === control) connection = undefined;
}

function tellAll(notification: Notification): void {
  tell(notification);
  channel.postMessage(notification);
}

/** Holds the stream; *late* if another tab had it before, so that something may have been missed in between. */
async function listen(signal: AbortSignal, told: Listener, late: boolean): Promise<void> {
  let opened = late ? 1 : 0;
  await followStream({
    path: '/events/stream',
    signal,
    onEvent({ data }) {
      told(data as Notification);
      return false;
    },
    onState(state) {
      if (state === 'open' && (opened += 1) > 1) told({ type: 'reconnected', key: '', payload: {} });
    },
  });
}
