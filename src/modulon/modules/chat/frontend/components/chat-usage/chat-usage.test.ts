import { expectAccessible, fakeServer, inside, mount, settled, useMessages } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, describe, expect, it } from 'vitest';

import type { ConversationUsage, Cost, Usage } from '../../api.js';
import en from '../../locales/en.json';
import type { Row } from '../../state/rows.js';
import './chat-usage.js';

useMessages('chat', en);

const usd = (amount: string): Cost => ({ amount, currency: 'USD' });
const row = (usage: Usage | null): Row => ({
  message: {
    id: 'a', conversation_id: 'c', parent_id: 'q', role: 'assistant', status: 'complete', model: 'sim/one', run_id: 'r',
    created_at: '2026-01-01T00:00:00.000000Z', parts: [], siblings: ['a'], usage,
  },
});
const total = (costs: Cost[], unpriced = 0, uncounted = 0): ConversationUsage => ({
  items: [{ model: 'sim/one', runs: 2, uncounted, input_tokens: 1200, output_tokens: 30, unpriced, costs }], unpriced, costs,
});

describe('what an answer took', () => {
  let restore = (): void => undefined;
  afterEach(() => { restore(); });

  async function shown(usage: Usage | null, whole: ConversationUsage): Promise<string> {
    restore = fakeServer({ 'GET /conversations/c/usage': whole }).restore;
    const element = await mount(html`<m-chat-usage .row=${row(usage)}></m-chat-usage>`);
    inside<HTMLElement>(element, 'k-icon-button').click();
    await settled();
    await settled();
    await expectAccessible();
    return inside(element, '.sheet').textContent.replaceAll(/\s+/g, ' ');
  }

  it('is shown with its cost, however small', async () => {
    const text = await shown({ input_tokens: 7, output_tokens: 3, cost: usd('0.000412') }, total([usd('0.0129')]));
    expect(text).toContain('$0.00041');
    expect(text).toContain('$0.013');
    expect(text).not.toContain('unknown');
  });

  it('lists several currencies, each by itself', async () => {
    const text = await shown({ input_tokens: 7, output_tokens: 3, cost: usd('1.5') }, total([{ amount: '2', currency: 'EUR' }, usd('1.5')]));
    expect(text).toContain('€2.00');
    expect(text).toContain('$1.50');
  });

  it('is free where the price is nothing, which is not unknown', async () => {
    const text = await shown({ input_tokens: 7, output_tokens: 3, cost: usd('0') }, total([usd('0')]));
    expect(text.match(/free/g)).toHaveLength(2);
    expect(text).not.toContain('unknown');
  });

  it('says that no price was known', async () => {
    const text = await shown({ input_tokens: 7, output_tokens: 3, cost: null }, total([], 2));
    expect(text.match(/unknown/g)).toHaveLength(2);
    expect(text).toContain('No price is known');
  });

  it('says what is not in a sum', async () => {
    const text = await shown({ input_tokens: 7, output_tokens: 3, cost: usd('0.5') }, total([usd('0.5')], 1, 1));
    expect(text).toContain('1 attempt is not in the sum');
    expect(text).toContain('For 1 attempt the provider gave no figures');
  });

  it('has no cost where nothing was counted', async () => {
    const text = await shown(null, total([], 0, 2));
    expect(text).not.toContain('Cost');
  });
});
