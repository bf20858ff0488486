import { html, render } from 'lit';
import { afterEach, expect, it } from 'vitest';

import './index.js';

afterEach(() => {
  render(html``, document.body);
  scrollTo(0, 0);
});

/** Below more than a window of something else. */
async function below(role: string): Promise<DOMRect> {
  render(html`<div style="block-size: 3000px"></div><k-banner tone="bad" role=${role}>It failed.</k-banner>`, document.body);
  const banner = document.querySelector('k-banner');
  await banner?.updateComplete;
  return banner?.getBoundingClientRect() ?? new DOMRect();
}

it('is scrolled to if it says what went wrong', async () => {
  expect((await below('alert')).bottom).toBeLessThanOrEqual(innerHeight);
});

it('moves nothing if it is a note', async () => {
  expect((await below('note')).top).toBeGreaterThan(innerHeight);
});
