import { expectAccessible, fakeServer, inside, mount, problem, settled } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { FoundServer, Provider } from '../../api.js';
import { PRESETS } from '../../presets.fixture.js';
import { presets } from '../../presets.js';
import './first.js';

const NOW = '2026-01-01T00:00:00.000000Z';
const made = (name: string, endpoint: string, more: Partial<Provider> = {}): Provider => ({
  id: 'p', name, slug: 'p', type: 'openai', endpoint, enabled: true, key_hint: null,
  health: { state: 'healthy', checked_at: NOW, latency_ms: 9, error: null }, breaker: { state: 'closed', failures: 0, wait: 0 }, models: { total: 3, enabled: 3 }, created_at: NOW, updated_at: NOW,
  ...more,
});
const ollama: FoundServer = {
  preset: 'ollama', name: 'Ollama', endpoint: 'http://127.0.0.1:11434/v1', latency_ms: 9, needs_key: false,
  models: ['qwen3:14b', 'llama3.2:3b'], total: 3, provider: null,
};

describe('the step that chooses a model', () => {
  let restore = (): void => undefined;
  const done = vi.fn();

  beforeEach(() => {
    presets.set(undefined);
  });

  afterEach(() => {
    restore();
    done.mockReset();
  });

  async function open(routes: Parameters<typeof fakeServer>[0]): Promise<{ step: HTMLElement; routes: () => string[]; bodies: () => unknown[] }> {
    const server = fakeServer({ 'GET /providers/presets': { items: PRESETS, next: null }, ...routes });
    restore = server.restore;
    const step = await mount(html`<m-providers-first @k-done=${(event: CustomEvent): void => void done(event.detail)}></m-providers-first>`);
    await vi.waitFor(() => {
      expect(presets.value !== undefined || step.shadowRoot?.querySelector('k-banner')).toBeTruthy();
    });
    await settled();
    return { step, routes: () => server.requests.map((one) => one.route), bodies: () => server.requests.map((one) => one.body) };
  }

  /** Waits until nothing is under way any more. */
  const idle = async (): Promise<void> => {
    await settled();
    await vi.waitFor(() => {
      const step = document.querySelector('m-providers-first');
      const roots = [step, ...(step?.shadowRoot?.querySelectorAll('m-providers-found, m-providers-paste') ?? [])];
      for (const root of roots) expect(root?.shadowRoot?.querySelector('k-button[loading]')).toBeNull();
    });
    await settled();
  };
  const press = async (root: Element, selector: string): Promise<void> => {
    inside<HTMLElement>(inside(root, selector), 'button').click();
    await idle();
  };
  const finish = (step: HTMLElement): Promise<void> => press(step, '.end k-button');
  const paste = async (step: HTMLElement, key: string): Promise<HTMLElement> => {
    const box = inside<HTMLElement>(step, 'm-providers-paste');
    const field = inside<HTMLElement & { value: string }>(inside(box, 'm-providers-key'), 'k-field');
    field.value = key;
    field.dispatchEvent(new Event('input'));
    await settled();
    return box;
  };

  it('asks nothing of this machine until it is told to, then adds what it found with one press', async () => {
    const { step, routes, bodies } = await open({
      'POST /providers/probe': { asked: [11434, 1234], found: [ollama] },
      'POST /providers': made('Ollama', ollama.endpoint),
    });
    expect(routes()).toEqual(['GET /providers/presets']);
    await press(inside(step, 'm-providers-found'), 'k-button');
    expect(inside(step, 'm-providers-found').shadowRoot?.textContent).toContain('qwen3:14b, llama3.2:3b');
    await expectAccessible();
    await finish(step);
    expect(bodies().at(-1)).toEqual({ name: 'Ollama', type: 'openai', endpoint: ollama.endpoint });
    expect(done).toHaveBeenCalledWith({ provider: 'Ollama', host: '127.0.0.1:11434', local: true, models: 3 });
  });

  it('goes on with a server that was added before', async () => {
    const { step, routes } = await open({ 'POST /providers/probe': { asked: [11434], found: [{ ...ollama, provider: 'My box' }] } });
    await press(inside(step, 'm-providers-found'), 'k-button');
    await finish(step);
    expect(routes()).not.toContain('POST /providers');
    expect(done).toHaveBeenCalledWith({ provider: 'My box', host: '127.0.0.1:11434', local: true, models: 3 });
  });

  it('says that nothing answers', async () => {
    const { step } = await open({ 'POST /providers/probe': { asked: [11434], found: [] } });
    await press(inside(step, 'm-providers-found'), 'k-button');
    expect(inside(step, 'm-providers-found').shadowRoot?.textContent).toContain('providers.found.none');
  });

  it('asks for the key of a server that wants one', async () => {
    const { step } = await open({ 'POST /providers/probe': { asked: [11434], found: [{ ...ollama, needs_key: true, models: [], total: 0 }] } });
    await press(inside(step, 'm-providers-found'), 'k-button');
    inside<HTMLElement>(inside(step, 'm-providers-found'), 'input').click();
    await settled();
    expect(inside<HTMLElement & { value: string }>(inside(step, 'm-providers-other'), 'k-select').value).toBe('ollama');
  });

  it('adds a provider by its key alone', async () => {
    const { step, bodies } = await open({ 'POST /providers': made('Anthropic', 'https://api.anthropic.com/v1') });
    const key = `sk-ant-api03-${'x'.repeat(30)}`;
    const box = await paste(step, key);
    expect(box.shadowRoot?.textContent).toContain('providers.form.leaves');
    inside(box, 'form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    await idle();
    expect(bodies().at(-1)).toEqual({ name: 'Anthropic', type: 'openai', endpoint: 'https://api.anthropic.com/v1', api_key: key });
    expect(box.shadowRoot?.textContent).toContain('providers.paste.works');
    await expectAccessible();
    await finish(step);
    expect(done).toHaveBeenCalledWith({ provider: 'Anthropic', host: 'api.anthropic.com', local: false, models: 3 });
  });

  it('asks whose key it is when its shape is not enough, and where Azure is', async () => {
    const { step, routes } = await open({});
    const box = await paste(step, '0123456789abcdef'.repeat(2));
    const submit = async (): Promise<void> => {
      inside(box, 'form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
      await idle();
    };
    await submit();
    expect(inside(box, 'k-banner').textContent).toContain('providers.paste.whose');
    inside<HTMLElement>(inside(inside(box, 'm-providers-key'), 'k-chip:last-child'), 'button').click();
    await settled();
    expect(inside(box, 'form > k-field')).toBeTruthy();
    await submit();
    expect(inside(box, 'k-banner').textContent).toContain('providers.form.endpoint_fill');
    expect(routes()).toEqual(['GET /providers/presets']);
  });

  it('keeps the key that was refused where it can be corrected', async () => {
    const error = { code: 'providers.key_refused', detail: 'The provider refused its API key.' };
    const refused = made('Anthropic', 'https://api.anthropic.com/v1', {
      health: { state: 'failing', checked_at: NOW, latency_ms: null, error }, models: { total: 0, enabled: 0 },
    });
    const { step, routes } = await open({ 'POST /providers': refused, 'PATCH /providers/p': refused, 'POST /providers/p/test': { health: refused.health }, 'GET /providers/p': refused });
    const box = await paste(step, `sk-ant-api03-${'x'.repeat(30)}`);
    const submit = async (): Promise<void> => {
      inside(box, 'form').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
      await idle();
    };
    await submit();
    expect(inside(box, 'k-banner').textContent).toContain('refused its API key');
    await submit();
    expect(routes().filter((route) => route === 'POST /providers')).toHaveLength(1);
    expect(routes()).toContain('PATCH /providers/p');
    expect(inside<HTMLElement & { disabled: boolean }>(step, '.end k-button').disabled).toBe(true);
  });

  it('goes on with the guide alone', async () => {
    const { step } = await open({});
    inside<HTMLElement>(step, 'input[name=guide]').click();
    await settled();
    await finish(step);
    expect(done).toHaveBeenCalledWith(null);
  });

  it('lets the guide be chosen even if the presets cannot be read', async () => {
    const { step } = await open({ 'GET /providers/presets': () => problem(503, 'busy', 'Too much to do.') });
    expect(inside(step, 'k-banner').textContent).toContain('Too much to do.');
    inside<HTMLElement>(step, 'input[name=guide]').click();
    await settled();
    await finish(step);
    expect(done).toHaveBeenCalled();
  });
});
