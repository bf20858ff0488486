import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { readEvents } from './read.js';

const event = (id: string): string => `id: ${id}\ndata: {}\n\n`;
/** Shorter than what is gathered, and longer. */
const SOON = 20;
const LATER = 60;

/** A server's answer that arrives when the test says so, and how often it was asked for more. */
class Body {
  asked = 0;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  readonly stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => { this.#controller = controller; },
      pull: () => { this.asked += 1; },
    },
    { highWaterMark: 0 },
  );

  arrives(text: string): void {
    this.#controller.enqueue(new TextEncoder().encode(text));
  }

  ends(): void {
    this.#controller.close();
  }
}

describe('what arrives while a page is seen', () => {
  let body: Body;
  let taken: string[];
  let ended: boolean | undefined;

  const hide = (hidden: boolean): unknown => vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

  beforeEach(() => {
    vi.useFakeTimers();
    hide(false);
    body = new Body();
    taken = [];
    ended = undefined;
    const take = ({ id = '' }: { id?: string | undefined }): boolean => {
      taken.push(id);
      return id === 'last';
    };
    void readEvents(body.stream, take).then((found) => { ended = found; });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('is handed on at once after a pause, and then gathered for a moment before more is read', async () => {
    await pass(LATER);
    body.arrives(event('1'));
    await pass(0);
    expect(taken).toEqual(['1']);
    expect(body.asked).toBe(1);
    body.arrives(event('2') + event('3'));
    await pass(SOON);
    expect(taken).toEqual(['1']);
    await pass(LATER);
    expect(taken).toEqual(['1', '2', '3']);
    expect(body.asked).toBe(2);
  });

  it('is not gathered where nobody sees it: timers may wait for a minute there', async () => {
    hide(true);
    body.arrives(event('1'));
    await pass(0);
    body.arrives(event('2'));
    await pass(0);
    expect(taken).toEqual(['1', '2']);
  });

  it('is not kept back when the stream ends: not what came with the last event', async () => {
    body.arrives(event('1') + event('2') + event('last'));
    await pass(0);
    expect(taken).toEqual(['1', '2', 'last']);
    expect(ended).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not kept back when the stream ends: not what came while others were gathered', async () => {
    body.arrives(event('1'));
    await pass(0);
    body.arrives(event('2').slice(0, 4));
    body.arrives(event('2').slice(4));
    body.ends();
    await pass(3 * LATER);
    expect(taken).toEqual(['1', '2']);
    expect(ended).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});
