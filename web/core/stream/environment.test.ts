import { describe, expect, it } from 'vitest';

import { browserEnvironment } from './environment.js';

describe('waiting in the browser', () => {
  it('ends early when the network comes back', async () => {
    const waiting = browserEnvironment.wait(60_000, new AbortController().signal);
    dispatchEvent(new Event('online'));
    await expect(waiting).resolves.toBeUndefined();
  });

  it('ends after its time', async () => {
    await expect(browserEnvironment.wait(1, new AbortController().signal)).resolves.toBeUndefined();
  });

  it('ends with the reason when aborted, also before it began', async () => {
    const control = new AbortController();
    const waiting = browserEnvironment.wait(60_000, control.signal);
    control.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    await expect(browserEnvironment.wait(60_000, control.signal)).rejects.toThrow('left');
  });
});
