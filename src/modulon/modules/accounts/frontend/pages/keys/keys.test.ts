import { question } from '@modulon/sdk';
import { expectAccessible, fakeServer, inside, mount, problem, settled } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { creating } from '../../creating.js';
import './keys.js';

const key = {
  id: 'k1', name: 'Editor', scopes: ['inference'], prefix: 'mdl_abc', created_at: '2026-01-01T00:00:00Z', expires_at: null, last_used_at: null,
};

let restore = (): void => undefined;

async function open(routes: Parameters<typeof fakeServer>[0]): Promise<{ page: HTMLElement; requests: { route: string; body: unknown }[] }> {
  const server = fakeServer(routes);
  restore = server.restore;
  const page = await mount(html`<m-accounts-keys></m-accounts-keys>`);
  await vi.waitFor(() => {
    expect(page.shadowRoot?.querySelector('.page k-skeleton')).toBeNull();
  });
  await settled();
  return { page, requests: server.requests };
}

describe('the API keys', () => {
  afterEach(() => {
    restore();
    creating.set(false);
  });

  it('are listed by name and first characters', async () => {
    const { page } = await open({ 'GET /keys': { items: [key], next: null } });
    expect(inside(page, 'tbody').textContent).toMatch(/Editor[^]*mdl_abc…/);
    await expectAccessible();
  });

  it('none yet is one sentence and one action', async () => {
    const { page } = await open({ 'GET /keys': { items: [], next: null } });
    inside<HTMLElement>(page, 'k-empty-state k-button').click();
    expect(creating.value).toBe(true);
  });

  it('that could not be loaded can be loaded again', async () => {
    let answer: object = problem(500, 'internal');
    const { page } = await open({ 'GET /keys': () => answer });
    answer = { items: [key], next: null };
    inside<HTMLElement>(page, 'k-banner k-button').click();
    await vi.waitFor(() => {
      expect(inside(page, 'tbody').textContent).toContain('Editor');
    });
  });

  it('are revoked only after a question', async () => {
    const { page, requests } = await open({ 'GET /keys': { items: [key], next: null }, 'DELETE /keys/*': null });
    inside<HTMLElement>(page, 'tbody k-icon-button').click();
    question.value?.answer(false);
    await settled();
    expect(requests.map((one) => one.route)).toEqual(['GET /keys']);
    inside<HTMLElement>(page, 'tbody k-icon-button').click();
    question.value?.answer(true);
    await vi.waitFor(() => {
      expect(page.shadowRoot?.querySelector('tbody')).toBeNull();
    });
    expect(requests.at(-1)?.route).toBe('DELETE /keys/k1');
  });

  it('a new one is asked for by name and scope, shown once and gone with the dialog', async () => {
    const routes = { 'GET /keys': { items: [], next: null }, 'POST /keys': { ...key, key: 'mdl_abc_secret' } };
    const { page, requests } = await open(routes);
    creating.set(true);
    const dialog = inside<HTMLElement>(page, 'm-accounts-new-key');
    await vi.waitFor(() => {
      expect(dialog.shadowRoot?.activeElement?.localName).toBe('k-field');
    });
    await userEvent.keyboard('Editor{Enter}');
    await vi.waitFor(() => {
      expect(inside(dialog, 'code').textContent).toBe('mdl_abc_secret');
    });
    const sent = requests.find((one) => one.route === 'POST /keys')?.body as { expires_at: string };
    expect(sent).toMatchObject({ name: 'Editor', scopes: ['inference'] });
    expect(Date.parse(sent.expires_at)).toBeGreaterThan(Date.now());
    await expectAccessible();
    creating.set(false);
    await settled();
    creating.set(true);
    await settled();
    expect(dialog.shadowRoot?.querySelector('code')).toBeNull();
  });
});
