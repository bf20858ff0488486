/**
 * Follows a numbered event stream to its end: resumes after the last event it handed on, over cut connections, servers
 * that restart and times offline. Each event is handed on once, in order.
 */
import { backoff } from './backoff.js';
import { Cursor } from './cursor.js';
import { abortReason, browserEnvironment, type StreamEnvironment } from './environment.js';
import { readEvents } from './read.js';

export interface StreamEvent {
  type: string;
  id: string;
  data: unknown;
}

export type StreamState = 'connecting' | 'open' | 'waiting' | 'offline';

export interface FollowOptions {
  url: string;
  signal: AbortSignal;
  /** Handed each event once. Returns true if the stream ends with it. */
  onEvent(event: StreamEvent): boolean;
  onState?(state: StreamState): void;
  /** Resume after this event. */
  after?: string;
  headers?: Readonly<Record<string, string>>;
  environment?: StreamEnvironment;
}

/** The server will never serve this stream: it is gone, or not ours. */
export class StreamRefused extends Error {
  constructor(readonly status: number) {
    super(`The stream was refused with status ${String(status)}`);
    this.name = 'StreamRefused';
  }
}

/** Answers that another attempt cannot change. 401 may be mended by a fresh session, so it is tried again. */
const FINAL = new Set([400, 403, 404, 405, 410, 422]);
const MAX_UNAUTHORIZED = 3;

class Follower {
  readonly #options: FollowOptions;
  readonly #environment: StreamEnvironment;
  readonly #cursor: Cursor;
  readonly #backoff;
  #unauthorized = 0;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#environment = options.environment ?? browserEnvironment;
    this.#cursor = new Cursor(options.after);
    this.#backoff = backoff(() => this.#environment.random());
  }

  async run(): Promise<void> {
    while (!(await this.#attempt())) await this.#pause();
  }

  /** @returns whether the stream came to its end */
  async #attempt(): Promise<boolean> {
    this.#throwIfAborted();
    this.#state('connecting');
    try {
      const response = await this.#request();
      if (response === null) return false;
      this.#state('open');
      return await readEvents(response, (event) => this.#take(event.id, event.event, event.data));
    } catch (error) {
      this.#throwIfAborted();
      if (error instanceof StreamRefused || error instanceof HandlerFailed) throw error;
      return false;
    }
  }

  async #request(): Promise<ReadableStream<Uint8Array> | null> {
    const headers: Record<string, string> = { ...this.#options.headers, Accept: 'text/event-stream' };
    if (this.#cursor.id !== '') headers['Last-Event-ID'] = this.#cursor.id;
    const { signal, url } = this.#options;
    const response = await this.#environment.fetch(url, { headers, signal, cache: 'no-store' });
    if (response.status === 401) this.#unauthorized += 1;
    if (FINAL.has(response.status) || this.#unauthorized >= MAX_UNAUTHORIZED) throw new StreamRefused(response.status);
    return response.ok ? response.body : null;
  }

  #take(id: string | undefined, type: string | undefined, text: string): boolean {
    if (!this.#cursor.advance(id)) return false;
    this.#backoff.reset();
    this.#unauthorized = 0;
    try {
      const data: unknown = JSON.parse(text);
      return this.#options.onEvent({ type: type ?? 'message', id: id ?? '', data });
    } catch (error) {
      throw new HandlerFailed(error);
    }
  }

  async #pause(): Promise<void> {
    const { signal } = this.#options;
    if (!this.#environment.online()) {
      this.#state('offline');
      await this.#environment.untilOnline(signal);
      this.#backoff.reset();
      return;
    }
    this.#state('waiting');
    await this.#environment.wait(this.#backoff.next(), signal);
  }

  #state(state: StreamState): void {
    this.#options.onState?.(state);
  }

  #throwIfAborted(): void {
    if (this.#options.signal.aborted) throw abortReason(this.#options.signal);
  }
}

/** An error of our own code, not of the connection: trying again would repeat it for ever. */
class HandlerFailed extends Error {
  constructor(cause: unknown) {
    super('The handler of an event failed', { cause });
    this.name = 'HandlerFailed';
  }
}

/**
 * Resolves when the stream came to its end.
 * @throws StreamRefused if the server will never serve it; the signal's reason when aborted
 */
export function followStream(options: FollowOptions): Promise<void> {
  return new Follower(options).run();
}
