import { describe, expect, it, vi } from 'vitest';

import { t } from '../../core/i18n/index.js';
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
});
