import { expectAccessible, fakeServer, inside, mount, problem, setLocale, settled, useMessages } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Price, Provider, ProviderModel } from '../../api.js';
import en from '../../locales/en.json';
import './price.js';
import { priceText } from './text.js';

useMessages('providers', en);

const model = (price: Price | null, price_by: ProviderModel['price_by'] = null): ProviderModel => ({
  id: 'm', model_id: 'm', model_name: 'Vega', enabled: true, context_window: null, capabilities: [], parameters: {},
  alias: null, pinned: false, price, price_by,
});
const price = (input: string, output: string, cached: string | null = null, currency = 'USD'): Price => ({ input, output, cached, currency });

describe('what a model costs', () => {
  let restore = (): void => undefined;
  let closed = 0;

  afterEach(() => {
    restore();
    setLocale('en');
  });

  async function open(one: ProviderModel, answer: Parameters<typeof fakeServer>[0] = {}): Promise<{ dialog: HTMLElement; bodies: () => unknown[] }> {
    closed = 0;
    const server = fakeServer({ 'PATCH /providers/p/models/m': model(null), ...answer });
    restore = server.restore;
    const provider = { id: 'p', name: 'P' } as Provider;
    const dialog = await mount(html`<m-providers-price .provider=${provider} .model=${one} @k-close=${() => { closed += 1; }}></m-providers-price>`);
    await settled();
    return { dialog, bodies: () => server.requests.map(({ body }) => body) };
  }

  const field = (dialog: HTMLElement, name: string): HTMLElement & { value: string; error: string } =>
    inside(dialog, `[name=${name}]`);

  async function write(dialog: HTMLElement, texts: Record<string, string>): Promise<void> {
    for (const [name, text] of Object.entries(texts)) field(dialog, name).value = text;
    await settled();
    inside<HTMLElement>(dialog, 'k-button[variant=primary]').click();
    await settled();
  }

  it('is saved as it is written in the language of the person', async () => {
    setLocale('de');
    const { dialog, bodies } = await open(model(null));
    await write(dialog, { input: '0,15', output: '1.250,5' });
    expect(bodies()).toEqual([{ price: price('0.15', '1250.5') }]);
    await vi.waitFor(() => { expect(closed).toBe(1); });
  });

  it('is shown to be changed, and forgotten when everything is emptied', async () => {
    setLocale('de');
    const { dialog, bodies } = await open(model(price('0.15', '0.6', '0.075', 'EUR'), 'provider'));
    expect(['input', 'output', 'cached', 'currency'].map((name) => field(dialog, name).value)).toEqual(['0,15', '0,6', '0,075', 'EUR']);
    await write(dialog, { input: '', output: '', cached: '' });
    expect(bodies()).toEqual([{ price: null }]);
  });

  it.each([
    [{ input: '-1', output: '2' }, ['input']],
    [{ input: '1', output: '' }, ['output']],
    [{ input: '1', output: '2', cached: 'free' }, ['cached']],
    [{ input: '100000001', output: '0.0000001' }, ['input', 'output']],
  ])('is not sent if it is none: %o', async (texts, wrong) => {
    const { dialog, bodies } = await open(model(null));
    await write(dialog, texts);
    expect(['input', 'output', 'cached'].filter((name) => field(dialog, name).error !== '')).toEqual(wrong);
    expect(bodies()).toEqual([]);
    await expectAccessible();
  });

  it('says why it was not saved, and keeps what was written', async () => {
    const { dialog } = await open(model(null), { 'PATCH /providers/p/models/m': () => problem(503, 'busy', 'Too much to do.') });
    await write(dialog, { input: '1', output: '2' });
    await vi.waitFor(() => { expect(inside(dialog, 'k-banner').textContent).toContain('Too much to do.'); });
    expect(field(dialog, 'input').value).toBe('1');
    expect(closed).toBe(0);
  });

  it('is told in a list: exact, free, or unknown', () => {
    expect(priceText(model(price('0.0375', '1250')))).toBe('$0.0375 / $1,250.00');
    expect(priceText(model(price('0', '0')))).not.toContain('0.00');
    expect(priceText(model(price('0', '0', '0.1')))).toContain('$0.00');
    expect(priceText(model(null))).toBe('–');
  });
});
