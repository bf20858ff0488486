import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PageContribution } from '../core/page-state.js';
import { navigate, route } from '../core/router.js';
import { session } from '../core/session.js';
import { Guard } from './guard.js';
import { ModuleRegistry } from './modules/registry.js';

const page = (path: string, more: Partial<PageContribution> = {}): PageContribution => ({
  path, element: `m-test${path.replaceAll('/', '-')}`, title: path, nav: '', icon: '', order: 100, public: false, admin: false, ...more,
});

const pages = [
  page('/'),
  page('/c/:id'),
  page('/signin', { public: true }),
  page('/setup', { public: true }),
  page('/settings/account', { nav: 'settings.you', order: 10 }),
  page('/settings/providers', { nav: 'settings.server', admin: true, order: 20 }),
];
const module = { id: 'test', version: '1', entry: null, contributes: { page: pages, ui: [], command: [] }, locales: {} };

const signedIn = (admin = false): void => {
  session.set({ user: { id: 'u', email: '', name: '', admin }, workspace: { id: 'w', name: '' }, connection: { encrypted: true } });
};

describe('which page is shown', () => {
  const before = location.href;
  let guard: Guard;
  let stop = (): void => undefined;

  beforeEach(() => {
    guard = new Guard(new ModuleRegistry([module]));
  });

  afterEach(() => {
    stop();
    session.set(undefined);
    history.replaceState(null, '', before);
  });

  const at = (path: string, state: { setup?: 'open' | 'done'; signed_in?: boolean } = {}): string => {
    stop();
    navigate(path, { replace: true });
    stop = guard.start({ setup: 'done', signed_in: false, ...state });
    return route.value.path;
  };

  it('is the sign-in page for strangers, and then the one they wanted', () => {
    expect(at('/c/1')).toBe('/signin');
    expect(route.value.query.get('next')).toBe('/c/1');
    signedIn();
    expect(route.value.path).toBe('/c/1');
    expect(guard.shown.value).toMatchObject({ page: { path: '/c/:id' }, params: { id: '1' } });
  });

  it('is never another site after signing in', () => {
    at('/signin?next=https%3A%2F%2Fevil.example%2F');
    signedIn();
    expect(location.href).toBe(`${location.origin}/`);
  });

  it('is the set-up while it is open, with the link’s token', () => {
    expect(at('/#token=t', { setup: 'open' })).toBe('/setup');
    expect(route.value.hash).toBe('token=t');
    signedIn();
    expect(route.value.path).toBe('/setup');
  });

  it('is not the set-up once it is done', () => {
    expect(at('/setup')).toBe('/signin');
    expect(at('/setup', { signed_in: true })).toBe('/');
  });

  it('is the first of the settings that one may open', () => {
    signedIn();
    expect(at('/settings')).toBe('/settings/account');
    expect(guard.settings.map((one) => one.path)).toEqual(['/settings/account']);
    signedIn(true);
    expect(guard.settings.map((one) => one.path)).toEqual(['/settings/account', '/settings/providers']);
  });

  it('is none at an unknown address', () => {
    signedIn();
    at('/nowhere');
    expect(guard.shown.value).toBeUndefined();
  });

  it('is the sign-in page again when the session is lost', () => {
    at('/', { signed_in: true });
    expect(guard.signedIn).toBe(true);
    guard.signedOut();
    navigate('/c/2');
    expect(route.value.path).toBe('/signin');
  });

  it('is known to have been there when its module is switched off', () => {
    const registry = new ModuleRegistry([module]);
    guard = new Guard(registry);
    signedIn();
    expect(at('/c/1')).toBe('/c/1');
    expect(guard.wasPage('/c/1')).toBe(false);
    registry.update([]);
    expect(guard.shown.value).toBeUndefined();
    expect(guard.wasPage('/c/1')).toBe(true);
    registry.update([module]);
    expect(guard.shown.value?.params).toEqual({ id: '1' });
  });

  it('is not shown anew when other modules come and go', () => {
    const registry = new ModuleRegistry([module]);
    guard = new Guard(registry);
    signedIn();
    at('/c/1');
    const { value } = guard.shown;
    registry.update([structuredClone(module), { ...module, id: 'other', contributes: { page: [], ui: [], command: [] } }]);
    expect(guard.shown.value).toBe(value);
    navigate('/c/2');
    expect(guard.shown.value).not.toBe(value);
  });
});
