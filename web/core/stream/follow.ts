/**
 * Follows a numbered event stream to its end: resumes after the last event it handed on, over cut connections, servers
 * that restart and times offline. Each event is handed on once, in order.
 */
import { ApiError } from '../api/problem.js';
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
  /** After `/api`. */
  path: string;
  signal: AbortSignal;
  /** Handed each event once. Returns true if the stream ends with it. */
  onEvent(event: StreamEvent): boolean;
  onState?(state: StreamState): void;
  /** Resume after this event. */
  after?: string;
  environment?: StreamEnvironment;
}

/** Answers that another attempt cannot change. */
const FINAL = new Set([400, 401, 403, 404, 405, 410, 422]);

class Follower {
  readonly #options: FollowOptions;
  readonly #environment: StreamEnvironment;
  readonly #cursor: Cursor;
  readonly #backoff;
  /** What the server asked us to wait, in milliseconds. */
  #asked = 0;

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
      const { body } = await this.#open();
      this.#state('open');
      return body !== null && (await readEvents(body, (event) => this.#take(event.id, event.event, event.data)));
    } catch (error) {
      this.#throwIfAborted();
      if (error instanceof HandlerFailed) throw error;
      if (error instanceof ApiError && FINAL.has(error.status)) throw error;
      this.#asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
      return false;
    }
  }

  #open(): Promise<Response> {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (this.#cursor.id !== '') headers['last-event-id'] = this.#cursor.id;
    const { path, signal } = this.#options;
    return this.#environment.open(path, { headers, signal });
  }

  #take(id: string | undefined, type: string | undefined, text: string): boolean {
    if (!this.#cursor.advance(id)) return false;
    this.#backoff.reset();
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
    await this.#environment.wait(Math.max(this.#asked, this.#backoff.next()), signal);
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
 * @throws ApiError if the server will never serve it; the signal's reason when aborted
 */
export function followStream(options: FollowOptions): Promise<void> {
  return new Follower(options).run();
}
