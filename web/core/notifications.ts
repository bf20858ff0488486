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
 * the whole page and is open while somebody listens. Everybody is told `reconnected` when some may have been missed.
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

async function connect(control: AbortController): Promise<void> {
  let opened = 0;
  try {
    await followStream({
      path: '/events/stream',
      signal: control.signal,
      onEvent({ data }) {
        tell(data as Notification);
        return false;
      },
      onState(state) {
        if (state === 'open' && (opened += 1) > 1) tell({ type: 'reconnected', key: '', payload: {} });
      },
    });
  } catch {
    // Aborted, or signed out: whoever listens next starts anew.
  }
  if (connection === control) connection = undefined;
}
