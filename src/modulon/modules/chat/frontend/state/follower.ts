/**
 * Follows the run that writes a message, and hands on the message as it grows: some 16 times a second, however many
 * tokens arrive. The stream is replayed from the run's beginning, so nothing shorter than what is already shown is
 * handed on until the replay has caught up.
 */
import type { StreamState } from '@modulon/sdk';

import { followRun, type Message, type Run, type RunEvent } from '../api.js';
import { applyEvent, sizeOf } from './reduce.js';

export interface FollowerEvents {
  /** The message has changed. */
  message(message: Message): void;
  /** The run has ended; `message` came before. */
  finished(run: Run): void;
  connection(state: StreamState): void;
  /** The run cannot be followed: it is gone. */
  lost(error: unknown): void;
}

/** Between two changes that are shown: text flows, and most of the time is left for everything else. */
const INTERVAL_MS = 60;
/** A hidden page is kept up to date less often. */
const HIDDEN_MS = 250;

export class Follower {
  readonly #control = new AbortController();
  readonly #events: FollowerEvents;
  #message: Message;
  #shownSize: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #publishedAt = -Infinity;

  constructor(
    readonly runId: string,
    message: Message,
    events: FollowerEvents,
  ) {
    this.#message = message;
    this.#shownSize = sizeOf(message);
    this.#events = events;
    void this.#run();
  }

  /** Ends the following; the run goes on. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#control.abort();
  }

  async #run(): Promise<void> {
    const { signal } = this.#control;
    try {
      await followRun(this.runId, signal, (event) => { this.#take(event); }, (state) => { this.#events.connection(state); });
    } catch (error) {
      if (!signal.aborted) this.#events.lost(error);
    }
  }

  #take(event: RunEvent): void {
    this.#message = applyEvent(this.#message, event);
    if (event.type === 'message.reset') this.#shownSize = 0;
    if (event.type !== 'run.finished') {
      this.#schedule();
      return;
    }
    this.#shownSize = 0;
    this.#publish();
    this.#events.finished(event.data.run);
  }

  #schedule(): void {
    const since = performance.now() - this.#publishedAt;
    const interval = document.hidden ? HIDDEN_MS : INTERVAL_MS;
    this.#timer ??= setTimeout(() => { this.#publish(); }, Math.max(0, interval - since));
  }

  #publish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#publishedAt = performance.now();
    const size = sizeOf(this.#message);
    if (size < this.#shownSize || this.#control.signal.aborted) return;
    this.#shownSize = size;
    this.#events.message(this.#message);
  }
}
