import { question, toasts } from '@modulon/sdk';
import { expectAccessible, fakeServer, inside, mount, problem, settled } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Provider, ProviderModel } from '../../api.js';
import { dialog } from '../../dialog-state.js';
import './providers.js';

const NOW = '2026-01-01T00:00:00.000000Z';

function provider(id: string, more: Partial<Provider> = {}): Provider {
  return {
    id, name: id, slug: id, type: 'openai', endpoint: 'http://127.0.0.1:11434/v1', enabled: true, key_hint: null,
    health: { state: 'healthy', checked_at: NOW, latency_ms: 38, error: null }, breaker: { state: 'closed', failures: 0, wait: 0 }, models: { total: 2, enabled: 1 },
    created_at: NOW, updated_at: NOW, ...more,
  };
}

const refused: Partial<Provider> = {
  key_hint: 'c07d',
  health: { state: 'failing', checked_at: NOW, latency_ms: null, error: { code: 'providers.key_refused', detail: 'Refused.' } },
};

const model = (id: string, enabled: boolean): ProviderModel => ({
  id, model_id: id, model_name: id, enabled, context_window: 200_000, capabilities: ['tools'], parameters: {}, alias: null, pinned: false, price: null, price_by: null,
});

type Routes = Parameters<typeof fakeServer>[0];

describe('the providers', () => {
  let restore = (): void => undefined;

  beforeEach(() => {
    toasts.set([]);
  });

  afterEach(() => {
    restore();
    dialog.set({ open: false });
  });

  async function open(items: Provider[], more: Routes = {}): Promise<{ page: HTMLElement; routes: () => string[]; bodies: () => unknown[] }> {
    const server = fakeServer({ 'GET /providers': { items, next: null }, ...more });
    restore = server.restore;
    const page = await mount(html`<m-providers-page></m-providers-page>`);
    await vi.waitFor(() => {
      expect(page.shadowRoot?.querySelector('.page k-skeleton')).toBeNull();
    });
    await settled();
    return { page, routes: () => server.requests.map((one) => one.route), bodies: () => server.requests.map((one) => one.body) };
  }

  const text = (page: HTMLElement, selector: string): string => inside(page, selector).textContent.replaceAll(/\s+/g, ' ').trim();

  it('have a row with place, state, models, answer and key', async () => {
    const { page } = await open([provider('ollama'), provider('openai', { endpoint: 'https://api.openai.com/v1', key_hint: '4f2a' })]);
    expect(page.shadowRoot?.querySelectorAll('tbody tr')).toHaveLength(2);
    expect(text(page, 'tbody tr')).toContain('127.0.0.1:11434');
    await expectAccessible();
  });

  it('none yet is one sentence and one action', async () => {
    const { page } = await open([]);
    inside<HTMLElement>(page, 'k-empty-state k-button').click();
    expect(dialog.value.open).toBe(true);
  });

  it('that could not be loaded say so', async () => {
    const { page } = await open([], { 'GET /providers': () => problem(503, 'busy', 'Too much to do.') });
    expect(text(page, 'k-banner')).toContain('Too much to do.');
  });

  it('with a refused key have their trouble and its one step in their row', async () => {
    const { page } = await open([provider('openai', refused)]);
    expect(text(page, '.trouble')).toContain('Refused.');
    inside<HTMLElement>(page, '.trouble k-button[variant=primary]').click();
    await settled();
    const asked = inside<HTMLElement & { provider?: Provider }>(page, 'm-providers-key-dialog');
    expect(asked.provider?.id).toBe('openai');
    await expectAccessible();
  });

  it('show their models, which are switched one by one or many', async () => {
    const toggled = (request: { body: unknown }): object => ({ ...model('a', true), ...(request.body as object) });
    const { page, routes, bodies } = await open([provider('ollama')], {
      'GET /providers/ollama/models': { items: [model('a', true), model('b', false)], next: null },
      'PUT /providers/ollama/models/*/toggle': toggled,
      'POST /providers/ollama/models/switch': { changed: 1 },
      'GET /providers/ollama': provider('ollama'),
    });
    inside<HTMLElement>(page, '.name').click();
    await settled();
    const models = inside<HTMLElement>(page, 'm-providers-models');
    await vi.waitFor(() => {
      expect(models.shadowRoot?.querySelectorAll('tbody tr')).toHaveLength(2);
    });
    await settled();
    await expectAccessible();

    inside<HTMLElement>(inside(models, 'tbody tr:first-child k-switch'), 'button').click();
    await vi.waitFor(() => {
      expect(routes()).toContain('PUT /providers/ollama/models/a/toggle');
    });
    inside<HTMLElement>(inside(models, 'thead k-checkbox'), 'input').click();
    await settled();
    inside<HTMLElement>(inside(models, '.bulk k-button'), 'button').click();
    await vi.waitFor(() => {
      expect(routes()).toContain('POST /providers/ollama/models/switch');
    });
    expect(bodies()).toContainEqual({ enabled: true, models: ['a', 'b'] });
  });

  it('take back a switch that the server did not make', async () => {
    const { page } = await open([provider('ollama')], {
      'GET /providers/ollama/models': { items: [model('a', true)], next: null },
      'PUT /providers/ollama/models/*/toggle': () => problem(500, 'internal'),
      'GET /providers/ollama': provider('ollama'),
    });
    inside<HTMLElement>(page, '.name').click();
    await settled();
    const models = inside<HTMLElement>(page, 'm-providers-models');
    await vi.waitFor(() => {
      inside<HTMLElement>(inside(models, 'tbody k-switch'), 'button').click();
    });
    await vi.waitFor(() => {
      expect(toasts.value.at(-1)?.tone).toBe('bad');
    });
    await settled();
    expect(inside<HTMLElement & { checked: boolean }>(models, 'tbody k-switch').checked).toBe(true);
  });

  it('are deleted only after a question', async () => {
    const { page, routes } = await open([provider('ollama')], {
      'DELETE /providers/*': null,
      'GET /providers/ollama/consequences': { models: 2, enabled: 1, names: ['A'], aliases: ['parrot'], used: { conversations: 3 } },
    });
    const menu = inside<HTMLElement & { items: { id?: string; run?: () => unknown }[] }>(page, 'k-menu');
    menu.items.find((item) => item.id === 'delete')?.run?.();
    await vi.waitFor(() => {
      expect(question.value?.danger).toBe(true);
    });
    expect(question.value?.text).toBe('providers.delete_text providers.delete_names providers.delete_aliases providers.delete_used');
    question.value?.answer(true);
    await vi.waitFor(() => {
      expect(page.shadowRoot?.querySelector('tbody')).toBeNull();
    });
    expect(routes()).toContain('DELETE /providers/ollama');
  });
});
