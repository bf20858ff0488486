/** Reads one response of server-sent events. */
import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** A server that is silent for three heartbeats is gone. */
const SILENCE_MS = 45_000;

/**
 * Between two reads while a page is seen: what arrives meanwhile is one chunk. Two hundred tokens a second would be as
 * many tasks, for text that is shown sixteen times a second. In the background timers may wait for a minute.
 */
const GATHER_MS = 30;

const gather = (): Promise<void> | undefined => (document.hidden ? undefined : new Promise((done) => { setTimeout(done, GATHER_MS); }));

class Watch {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly onSilence: () => void) {}

  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.onSilence, SILENCE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Hands each event to `take` until it returns true or the body ends.
 * @returns whether `take` ended it
 * @throws what the body's reader throws when the connection is cut
 */
export async function readEvents(body: ReadableStream<Uint8Array>, take: (event: EventSourceMessage) => boolean): Promise<boolean> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const arrived: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => arrived.push(event) });
  const watch = new Watch(() => void reader.cancel());
  try {
    for (;;) {
      watch.touch();
      const { done, value } = await reader.read();
      if (done) return false;
      parser.feed(decoder.decode(value, { stream: true }));
      for (const event of arrived.splice(0)) if (take(event)) return true;
      await gather();
    }
  } finally {
    watch.stop();
    await reader.cancel().catch(() => undefined);
  }
}
