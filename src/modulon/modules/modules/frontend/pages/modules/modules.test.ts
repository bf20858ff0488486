import { question, toasts } from '@modulon/sdk';
import { expectAccessible, fakeServer, inside, mount, problem, settled, useMessages } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ModuleRead } from '../../api.js';
import en from '../../locales/en.json';
import { module, observed } from '../../modules.fixture.js';
import './modules.js';

type Routes = Parameters<typeof fakeServer>[0];
interface Entries extends HTMLElement {
  items: { id?: string; heading?: string; run?: () => unknown }[];
}

const here = observed({ requests: 1200, errors: 3, p95_ms: 21 });
const core = module('accounts', { type: 'core', switchable: false, observed: [here] });
const providers = module('providers', { name: 'Providers', required_by: ['chat'] });
const chat = module('chat', { name: 'Chat', requires: { providers: '>=1,<2' } });
const broken = module('acme.crm', {
  name: 'CRM', type: 'plugin', shipped: false, state: 'blocked', permissions: [{ name: 'db', reason: 'keep contacts' }],
  obstacle: { code: 'import', reason: 'Traceback\nImportError: no', chain: ['acme.crm'] },
});
const behind = module('acme.reports', {
  name: 'Reports', type: 'plugin', shipped: false, state: 'blocked', requires: { 'acme.crm': '>=1' },
  obstacle: { code: 'dependency', reason: 'long', chain: ['acme.reports', 'acme.crm'] },
});

describe('the modules', () => {
  let restore = (): void => undefined;

  beforeAll(() => {
    useMessages('modules', en);
  });

  beforeEach(() => {
    toasts.set([]);
    question.set(undefined);
  });

  afterEach(() => {
    document.body.replaceChildren();
    restore();
  });

  async function open(items: ModuleRead[], more: Routes = {}): Promise<{ page: HTMLElement; asked: () => { route: string; body: unknown }[] }> {
    const server = fakeServer({ 'GET /modules': { items, next: null }, ...more });
    restore = server.restore;
    const page = await mount(html`<m-modules-page></m-modules-page>`);
    await vi.waitFor(() => {
      expect(page.shadowRoot?.querySelector('.page k-skeleton')).toBeNull();
    });
    await settled();
    return { page, asked: () => server.requests };
  }

  const text = (element: Element | null | undefined): string => element?.textContent.replaceAll(/\s+/g, ' ').trim() ?? '';
  const row = (page: HTMLElement, name: string): Element => {
    const found = [...(page.shadowRoot?.querySelectorAll('tbody tr') ?? [])].find((one) => text(one.querySelector('.name b')).startsWith(name));
    if (!found) throw new Error(`no row of ${name}`);
    return found;
  };
  const act = (page: HTMLElement, name: string, id: string): void => {
    const items = row(page, name).querySelector<Entries>('k-menu')?.items ?? [];
    items.find((one) => one.id === id)?.run?.();
  };

  it('are listed by group with their state', async () => {
    const { page } = await open([core, providers, chat, broken]);
    expect([...(page.shadowRoot?.querySelectorAll('tr.group b') ?? [])].map(text)).toEqual(['Core and standard', 'Plugins']);
    expect(text(row(page, 'accounts'))).toContain('6 ms');
    expect(text(row(page, 'accounts'))).toContain('1 of 1 running');
    expect(text(row(page, 'accounts'))).toContain('belongs to the core');
    expect(row(page, 'accounts').querySelector<Entries>('k-menu')?.items.map((one) => one.id)).toEqual([undefined, 'again']);
    expect(text(row(page, 'CRM'))).toContain('Cannot run');
    await expectAccessible();
  });

  it('are found by a search and by chips with counts', async () => {
    const { page } = await open([core, providers, broken]);
    const chips = [...(page.shadowRoot?.querySelectorAll<HTMLElement>('k-chip') ?? [])];
    expect(chips.map(text)).toEqual(['All 3', 'Needs you 1', 'Off 0']);
    inside<HTMLElement>(chips[1]!, 'button').click();
    await settled();
    expect(page.shadowRoot?.querySelectorAll('.name')).toHaveLength(1);
    inside<HTMLElement>(chips[2]!, 'button').click();
    await settled();
    expect(text(inside<HTMLElement>(page, 'k-empty-state').shadowRoot?.querySelector('h2'))).toBe('No module is switched off.');
    inside<HTMLElement>(page, 'k-empty-state k-button').click();
    await settled();
    expect(page.shadowRoot?.querySelectorAll('.name')).toHaveLength(3);
  });

  it('that cannot run say why, with the way to the cause and the traceback', async () => {
    const { page } = await open([broken, behind]);
    const [first, second] = [...(page.shadowRoot?.querySelectorAll('tr.trouble') ?? [])];
    expect(text(first)).toContain('Its code could not be loaded.');
    expect(inside<HTMLElement>(first!.querySelector('m-modules-traceback')!, 'pre').textContent).toContain('ImportError: no');
    expect(text(second)).toContain('It needs CRM, which cannot run. CRM: Its code could not be loaded.');
    expect([...second!.querySelectorAll('.chain li')].map(text)).toEqual(['Reports', 'CRM']);
    expect(second!.querySelector('k-button')).toBeNull();
    await expectAccessible();
  });

  it('open to all there is to know', async () => {
    const { page } = await open([core, providers, chat, broken]);
    const button = row(page, 'Chat').querySelector<HTMLElement>('.name')!;
    expect(button.ariaExpanded).toBe('false');
    button.click();
    await settled();
    expect(button.ariaExpanded).toBe('true');
    const needs = inside<HTMLElement>(inside(page, 'm-modules-detail'), 'm-modules-needs');
    expect([...needs.shadowRoot!.querySelectorAll('li')].map(text)).toEqual(['Providers >=1,<2 Running']);
    expect([...needs.shadowRoot!.querySelectorAll('.place')].map(text)).toEqual(['Chat', 'Providers']);
    expect(inside<HTMLElement>(needs, '.frame').ariaHidden).toBe('true');
    row(page, 'accounts').querySelector<HTMLElement>('.name')!.click();
    await settled();
    expect(text(inside(inside(page, 'm-modules-detail'), 'tbody tr'))).toBe('here 7 Running 1.0.0 6 ms 1,200 3 21 ms');
    await expectAccessible();
  });

  it('are disabled after a question that names those that need them', async () => {
    const { page, asked } = await open([providers, chat], { 'PATCH /modules/providers': { module: providers, changed: ['chat', 'providers'] } });
    act(page, 'Providers', 'disable');
    expect(question.value?.text).toContain('Chat needs it and stops as well.');
    expect(question.value?.text).toContain('What they keep stays');
    expect(question.value?.confirm).toBe('Disable all 2');
    question.value?.answer(false);
    await settled();
    expect(asked().some(({ route }) => route.startsWith('PATCH'))).toBe(false);
    act(page, 'Providers', 'disable');
    question.value?.answer(true);
    await vi.waitFor(() => {
      expect(toasts.value.at(-1)?.text).toBe('Providers and one more are disabled');
    });
    expect(asked().find(({ route }) => route === 'PATCH /modules/providers')?.body).toEqual({ enabled: false, with_others: true });
  });

  it('ask again when the server knows of others', async () => {
    const needed = problem(409, 'modules.needed', 'Others need it.', { params: { module: 'chat', dependents: 'acme.new' } });
    const { page, asked } = await open([chat], {
      'PATCH /modules/chat': ({ body }) => ((body as { with_others: boolean }).with_others ? { module: chat, changed: ['acme.new', 'chat'] } : needed),
    });
    act(page, 'Chat', 'disable');
    expect(question.value?.confirm).toBe('Disable');
    question.value?.answer(true);
    await vi.waitFor(() => {
      expect(question.value?.text).toContain('acme.new needs it');
    });
    question.value?.answer(true);
    await vi.waitFor(() => {
      expect(asked().filter(({ route }) => route.startsWith('PATCH')).map(({ body }) => (body as { with_others: boolean }).with_others)).toEqual([false, true]);
    });
  });

  it('are enabled at once, or with what they need', async () => {
    const off = [providers, chat].map((one): ModuleRead => ({ ...one, enabled: false, state: 'disabled' }));
    const { page, asked } = await open(off, { 'PATCH /modules/*': { module: chat, changed: ['providers', 'chat'] } });
    act(page, 'Chat', 'enable');
    expect(question.value?.confirm).toBe('Enable all 2');
    question.value?.answer(true);
    await vi.waitFor(() => {
      expect(asked().find(({ route }) => route === 'PATCH /modules/chat')?.body).toEqual({ enabled: true, with_others: true });
    });
    act(page, 'Providers', 'enable');
    await vi.waitFor(() => {
      expect(asked().find(({ route }) => route === 'PATCH /modules/providers')?.body).toEqual({ enabled: true, with_others: false });
      expect(toasts.value).toHaveLength(2);
    });
  });

  it('keep in view why their code was not taken anew', async () => {
    const { page } = await open([chat], { 'POST /modules/chat/update': () => problem(409, 'modules.update_refused', 'Modules change with the server.') });
    act(page, 'Chat', 'again');
    await vi.waitFor(() => {
      expect(text(inside(page, 'tr.trouble k-banner'))).toBe('Modules change with the server.');
    });
    expect(toasts.value).toEqual([]);
  });

  it('are looked at again while one is on its way', async () => {
    let looks = 0;
    const draining = { ...chat, enabled: false, state: 'draining' as const };
    const { page } = await open([], {
      'GET /modules': () => ({ items: [(looks += 1) < 2 ? draining : { ...draining, state: 'disabled' as const }], next: null }),
    });
    expect(text(row(page, 'Chat'))).toContain('Draining');
    await vi.waitFor(() => { expect(text(row(page, 'Chat'))).toContain('Disabled'); }, 4000);
    expect(looks).toBe(2);
  });

  it('that could not be loaded say so, and come with a retry', async () => {
    let fine = false;
    const { page } = await open([], { 'GET /modules': () => (fine ? { items: [chat], next: null } : problem(503, 'busy', 'Too much to do.')) });
    expect(text(inside(page, 'k-banner'))).toContain('Too much to do.');
    fine = true;
    inside<HTMLElement>(page, 'k-banner k-button').click();
    await vi.waitFor(() => { expect(text(row(page, 'Chat'))).toContain('Running'); });
    expect(page.shadowRoot?.querySelector('k-banner')).toBeNull();
  });
});
