import { expectAccessible, fakeServer, inside, mount, problem, settled } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Preset, Provider } from '../../api.js';
import { PRESETS } from '../../presets.fixture.js';
import { OTHER, presetOf, presets } from '../../presets.js';
import type { ProvidersForm } from './form.js';
import './form.js';

const NOW = '2026-01-01T00:00:00.000000Z';
const healthy: Provider = {
  id: 'p', name: 'Ollama', slug: 'ollama', type: 'openai', endpoint: 'http://127.0.0.1:11434/v1', enabled: true, key_hint: null,
  health: { state: 'healthy', checked_at: NOW, latency_ms: 9, error: null }, breaker: { state: 'closed', failures: 0, wait: 0 }, models: { total: 3, enabled: 3 }, created_at: NOW, updated_at: NOW,
};
const failing: Provider = {
  ...healthy,
  health: { state: 'failing', checked_at: NOW, latency_ms: null, error: { code: 'providers.connection_failed', detail: 'Nothing answers.' } },
  models: { total: 0, enabled: 0 },
};

describe('the form of a provider', () => {
  let restore = (): void => undefined;
  const saved = vi.fn();

  beforeEach(() => {
    presets.set(PRESETS);
  });

  afterEach(() => {
    restore();
    saved.mockReset();
  });

  async function open(preset: Preset, provider?: Provider): Promise<ProvidersForm> {
    const form = await mount<ProvidersForm>(html`<m-providers-form
      .preset=${preset}
      .provider=${provider}
      @k-saved=${(event: CustomEvent<Provider>): void => void saved(event.detail)}
    ></m-providers-form>`);
    await settled();
    return form;
  }

  const write = async (form: ProvidersForm, name: string, value: string): Promise<void> => {
    const field = inside<HTMLElement & { value: string }>(form, `k-field[name=${name}]`);
    field.value = value;
    field.dispatchEvent(new Event('input'));
    await settled();
  };
  const error = (form: ProvidersForm, name: string): string =>
    inside<HTMLElement & { error: string }>(form, name === 'api_key' ? 'm-providers-key' : `k-field[name=${name}]`).error;
  const paste = async (form: ProvidersForm, key: string): Promise<void> => {
    const field = inside<HTMLElement & { value: string }>(inside(form, 'm-providers-key'), 'k-field');
    field.value = key;
    field.dispatchEvent(new Event('input'));
    await settled();
  };

  it('creates what is known with one press', async () => {
    const server = fakeServer({ 'POST /providers': healthy });
    restore = server.restore;
    await (await open(presetOf('ollama'))).save();
    expect(server.requests[0]?.body).toEqual({ name: 'Ollama', type: 'openai', endpoint: 'http://127.0.0.1:11434/v1' });
    expect(saved).toHaveBeenCalledWith(healthy);
  });

  it('asks a cloud for its key before it asks the server', async () => {
    const server = fakeServer({});
    restore = server.restore;
    const form = await open(presetOf('openai'));
    await form.save();
    await settled();
    expect(error(form, 'api_key')).not.toBe('');
    expect(server.requests).toEqual([]);
    await expectAccessible();
  });

  it('says whose key was pasted, and asks when several fit', async () => {
    const told = vi.fn();
    const form = await open(OTHER);
    form.addEventListener('k-preset', (event) => void told((event as CustomEvent<Preset>).detail.slug));
    await paste(form, `sk-ant-api03-${'x'.repeat(30)}`);
    expect(told).toHaveBeenLastCalledWith('anthropic');
    await paste(form, '0123456789abcdef'.repeat(2));
    expect(told).toHaveBeenCalledTimes(1);
    const key = inside(form, 'm-providers-key');
    expect(key.shadowRoot?.querySelectorAll('k-chip')).toHaveLength(2);
    await expectAccessible();
    inside<HTMLElement>(inside(key, 'k-chip:last-child'), 'button').click();
    expect(told).toHaveBeenLastCalledWith('azure');
  });

  it('leaves an address alone that was written, whatever the key looks like', async () => {
    const told = vi.fn();
    const form = await open(OTHER);
    form.addEventListener('k-preset', told);
    await write(form, 'endpoint', 'https://proxy.example/v1');
    await paste(form, `sk-ant-api03-${'x'.repeat(30)}`);
    expect(told).not.toHaveBeenCalled();
  });

  it('does not send an address whose blank is not filled in', async () => {
    const server = fakeServer({});
    restore = server.restore;
    const form = await open(presetOf('azure'));
    await paste(form, '0123456789abcdef'.repeat(2));
    await form.save();
    await settled();
    expect(error(form, 'endpoint')).not.toBe('');
    expect(server.requests).toEqual([]);
  });

  it('says what is missing in an address and a name', async () => {
    const form = await open(OTHER);
    await form.save();
    await settled();
    expect([error(form, 'name'), error(form, 'endpoint')].every(Boolean)).toBe(true);
  });

  it('tells that a provider does not answer, and corrects the same one', async () => {
    const server = fakeServer({
      'POST /providers': failing,
      'PATCH /providers/p': healthy,
      'POST /providers/p/test': { health: healthy.health },
      'GET /providers/p': healthy,
    });
    restore = server.restore;
    const form = await open(presetOf('ollama'));
    await form.save();
    await settled();
    expect(inside(form, 'k-banner').textContent).toContain('Nothing answers.');
    await write(form, 'endpoint', 'http://127.0.0.1:1234/v1');
    await form.save();
    expect(server.requests.map((one) => one.route)).toEqual(['POST /providers', 'PATCH /providers/p', 'POST /providers/p/test', 'GET /providers/p']);
    expect(saved).toHaveBeenLastCalledWith(healthy);
  });

  it('sends only what is written differently, so that another admin’s change stays', async () => {
    const server = fakeServer({ 'PATCH /providers/p': healthy, 'POST /providers/p/test': { health: healthy.health }, 'GET /providers/p': healthy });
    restore = server.restore;
    const form = await open(OTHER, healthy);
    await form.save();
    expect(server.requests.map((one) => one.route)).toEqual(['POST /providers/p/test', 'GET /providers/p']);
    await write(form, 'name', 'Another name');
    await form.save();
    expect(server.requests.find((one) => one.route === 'PATCH /providers/p')?.body).toEqual({ name: 'Another name' });
  });

  it('puts the server’s words where they belong', async () => {
    const taken = { code: 'providers.name_taken', detail: 'Another provider has this name.' };
    restore = fakeServer({ 'POST /providers': () => problem(409, taken.code, taken.detail, { fields: { '/name': taken } }) }).restore;
    const form = await open(presetOf('ollama'));
    await form.save();
    await settled();
    expect(error(form, 'name')).toContain('Another provider');
  });

  it('asks for the key again when an address leads to another host', async () => {
    const form = await open(OTHER, { ...healthy, key_hint: '4f2a' });
    expect(form.shadowRoot?.querySelector('m-providers-key')).toBeNull();
    await write(form, 'endpoint', 'https://elsewhere.example/v1');
    expect(form.shadowRoot?.querySelector('m-providers-key')).not.toBeNull();
  });
});
