/** What the stream client needs from the browser; tests bring their own. */
import { send, type RequestOptions } from '../api/client.js';

export interface StreamEnvironment {
  /** Asks for a stream. Throws `ApiError`. */
  open(path: string, options: RequestOptions): Promise<Response>;
  random(): number;
  /** Resolves after `ms`, or at once when the browser comes back online; rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  online(): boolean;
  /** Resolves when the browser is online; rejects when the signal aborts. */
  untilOnline(signal: AbortSignal): Promise<void>;
}

function untilEvent(signal: AbortSignal, ms: number | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const settle = (act: () => void): void => {
      settled.abort();
      clearTimeout(timer);
      act();
    };
    const timer = ms === null ? undefined : setTimeout(() => { settle(resolve); }, ms);
    addEventListener('online', () => { settle(resolve); }, { signal: settled.signal });
    signal.addEventListener('abort', () => { settle(() => { reject(abortReason(signal)); }); }, { signal: settled.signal });
    if (signal.aborted) settle(() => { reject(abortReason(signal)); });
  });
}

export function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new DOMException('Aborted', 'AbortError');
}

export const browserEnvironment: StreamEnvironment = {
  open: (path, options) => send('GET', path, undefined, options),
  random: () => Math.random(),
  wait: (ms, signal) => untilEvent(signal, ms),
  online: () => navigator.onLine,
  untilOnline: (signal) => (navigator.onLine ? Promise.resolve() : untilEvent(signal, null)),
};
