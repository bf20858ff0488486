import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { findRoute, matchPath, navigate, route, safePath, startRouter } from './router.js';

describe('paths', () => {
  it('match segment by segment', () => {
    expect(matchPath('/c/:id', '/c/a%20b/')).toEqual({ id: 'a b' });
    expect(matchPath('/c/:id', '/c/%')).toEqual({ id: '%' });
    expect(matchPath('/c/:id', '/c')).toBeUndefined();
    expect(matchPath('/', '/')).toEqual({});
  });

  it('prefer fixed segments to names', () => {
    const routes = [{ path: '/c/:id' }, { path: '/c/new' }];
    expect(findRoute(routes, '/c/new')?.route.path).toBe('/c/new');
    expect(findRoute(routes, '/c/1')?.params).toEqual({ id: '1' });
  });

  it.each([null, '', 'https://evil.example', '//evil.example/x', '/\\evil.example', 'javascript:alert(1)'])('%s is not gone to', (next) => {
    expect(safePath(next)).toBe('/');
  });

  it('keeps query and fragment of a path of this server', () => {
    expect(safePath('/c/1?x=2#y')).toBe('/c/1?x=2#y');
  });
});

describe('links', () => {
  const before = location.href;
  let stop: () => void;

  beforeEach(() => {
    stop = startRouter((path) => path === '/page');
  });

  afterEach(() => {
    stop();
    document.body.replaceChildren();
    history.replaceState(null, '', before);
  });

  function click(href: string, init: MouseEventInit = {}): boolean {
    const link = document.createElement('a');
    link.href = href;
    document.body.append(link);
    // Registered later than the router: tells what it did, and keeps the test's page where it is.
    let taken = false;
    const last = (event: Event): void => {
      taken = event.defaultPrevented;
      event.preventDefault();
    };
    window.addEventListener('click', last, { once: true });
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, ...init }));
    return taken;
  }

  it('to pages change the page without loading it', () => {
    expect(click('/page?a=1')).toBe(true);
    expect(route.value.path).toBe('/page');
    expect(route.value.query.get('a')).toBe('1');
  });

  it('to elsewhere, to files and to new tabs are the browser’s', () => {
    expect([click('https://example.org/page'), click('/assets/x.js'), click('/page', { ctrlKey: true })]).toEqual([false, false, false]);
  });

  it('never leave by navigate()', () => {
    expect(() => {
      navigate('https://example.org/');
    }).toThrow(TypeError);
  });
});
