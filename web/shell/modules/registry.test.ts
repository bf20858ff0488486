import { describe, expect, it, vi } from 'vitest';

import { setLocale, t } from '../../core/i18n/index.js';
import { searchSources } from '../../core/search.js';
import type { ModuleState } from '../../core/page-state.js';
import { defineModule, type ModuleFrontend } from '../../sdk/module.js';
import { ModuleRegistry } from './registry.js';

const page = { title: '', nav: '', icon: '', order: 100, public: false, admin: false };

function moduleState(id: string, order = 100): ModuleState {
  return {
    id,
    version: '1.0.0',
    entry: `/assets/${id}.js`,
    contributes: { page: [{ ...page, path: `/${id}`, element: `m-${id}-page` }], ui: [{ slot: 'sidebar.section', element: `m-${id}-list`, order }], command: [] },
    locales: {},
  };
}

function frontend(id: string, more: Partial<ModuleFrontend> = {}): { default: ModuleFrontend } {
  const define = (): Promise<void> => {
    customElements.define(`m-${id}-page`, class extends HTMLElement {});
    return Promise.resolve();
  };
  return { default: defineModule({ messages: { hi: `Hi from ${id}` }, elements: { [`m-${id}-page`]: define }, ...more }) };
}

describe('the modules of a page', () => {
  it('stand in a slot in their order', () => {
    const registry = new ModuleRegistry([moduleState('late', 20), moduleState('early', 10)]);
    expect(registry.slot('sidebar.section').map((one) => one.module.id)).toEqual(['early', 'late']);
    expect(registry.slot('none')).toEqual([]);
  });

  it('are loaded once, with their messages, when an element is wanted', async () => {
    const load = vi.fn((_url: string) => Promise.resolve(frontend('once')));
    const state = moduleState('once');
    const registry = new ModuleRegistry([state], load);
    expect(load).not.toHaveBeenCalled();
    await Promise.all([registry.element(state, 'm-once-page'), registry.frontend(state)]);
    expect(load.mock.calls).toEqual([['/assets/once.js']]);
    expect(t('once.hi')).toBe('Hi from once');
  });

  it('say nothing before their words in the person’s language are there', async () => {
    setLocale('de');
    const words = Promise.withResolvers<Response>();
    vi.spyOn(window, 'fetch').mockReturnValueOnce(words.promise);
    // The script of a build defines its elements as it is loaded.
    const load = (): Promise<{ default: ModuleFrontend }> => {
      customElements.define('m-spoken-page', class extends HTMLElement {});
      return Promise.resolve(frontend('spoken', { elements: { 'm-spoken-page': () => Promise.resolve() } }));
    };
    const state = { ...moduleState('spoken'), locales: { de: '/de.json' } };
    const registry = new ModuleRegistry([state], load);
    const first = registry.element(state, 'm-spoken-page');
    await vi.waitFor(() => expect(customElements.get('m-spoken-page')).toBeDefined());
    const second = registry.element(state, 'm-spoken-page').then(() => t('spoken.hi'));
    words.resolve(Response.json({ hi: 'Hallo' }));
    expect(await second).toBe('Hallo');
    await first;
    setLocale('en');
  });

  it('speak English when the words of another language do not come', async () => {
    setLocale('de');
    vi.spyOn(window, 'fetch').mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const state = { ...moduleState('silent'), locales: { de: '/de.json' } };
    await new ModuleRegistry([state], () => Promise.resolve(frontend('silent'))).element(state, 'm-silent-page');
    expect(t('silent.hi')).toBe('Hi from silent');
    setLocale('en');
  });

  it('are searched by the palette once they are loaded', async () => {
    const source = { id: 'found', group: 'Found', search: () => Promise.resolve({ results: [] }) };
    const load = vi.fn((url: string) => (url.includes('broken') ? Promise.reject(new TypeError('no')) : Promise.resolve(frontend('finder', { search: () => [source] }))));
    const registry = new ModuleRegistry([moduleState('broken'), moduleState('finder'), { ...moduleState('none'), entry: null }], load);
    await registry.all();
    expect(load).toHaveBeenCalledTimes(2);
    expect(searchSources.value).toContain(source);
    searchSources.set([]);
  });

  it('can be tried again after a failed load', async () => {
    const load = vi.fn((_url: string) => Promise.resolve(frontend('again')));
    load.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const state = moduleState('again');
    const registry = new ModuleRegistry([state], load);
    await expect(registry.frontend(state)).rejects.toThrow('Failed to fetch');
    await registry.element(state, 'm-again-page');
    expect(customElements.get('m-again-page')).toBeDefined();
  });

  it('fail by name when they lack what their manifest promises', async () => {
    const state = moduleState('poor');
    const registry = new ModuleRegistry([state], () => Promise.resolve(frontend('poor')));
    await expect(registry.element(state, 'm-poor-list')).rejects.toThrow('poor has no element m-poor-list');
    await expect(registry.run(state, 'poor.do')).rejects.toThrow('poor has no command poor.do');
  });

  it('come and go, while those that stay are the same', async () => {
    const [stays, goes] = [moduleState('stays', 10), moduleState('goes', 20)];
    const source = { id: 'goes', group: 'Goes', search: () => Promise.resolve({ results: [] }) };
    const load = (url: string): Promise<{ default: ModuleFrontend }> =>
      Promise.resolve(frontend(url.includes('goes') ? 'goes' : 'stays', url.includes('goes') ? { search: () => [source] } : {}));
    const registry = new ModuleRegistry([stays, goes], load);
    await registry.all();
    const told = vi.fn();
    registry.now.subscribe(told);
    registry.update([structuredClone(stays)]);
    expect(told).toHaveBeenCalledOnce();
    expect(registry.modules).toEqual([stays]);
    expect(registry.modules[0]).toBe(stays);
    expect(registry.slot('sidebar.section').map((one) => one.module.id)).toEqual(['stays']);
    expect(registry.pages.map(({ path }) => path)).toEqual(['/stays']);
    expect(registry.pastPages.map(({ path }) => path)).toEqual(['/goes']);
    expect(searchSources.value).not.toContain(source);
    registry.update([structuredClone(stays)]);
    expect(told).toHaveBeenCalledOnce();
    registry.update([stays, moduleState('goes', 20)]);
    expect(registry.pastPages).toEqual([]);
    expect(registry.slot('sidebar.section')).toHaveLength(2);
    await registry.all();
    expect(searchSources.value).toContain(source);
    searchSources.set([]);
  });
});
