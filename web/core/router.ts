import { Store } from './store.js';

/** A path with `:name` for one segment: `/c/:id`. */
export interface RoutePattern {
  path: string;
}

export interface Location {
  path: string;
  query: URLSearchParams;
  /** Without the `#`. */
  hash: string;
}

function here(): Location {
  return { path: location.pathname, query: new URLSearchParams(location.search), hash: location.hash.slice(1) };
}

/** Where the person is. */
export const route = new Store<Location>(here());

/** Goes to a path of this server, `/c/…?x#y`. With *replace* the step back skips the present page. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const url = new URL(to, location.href);
  if (url.origin !== location.origin) throw new TypeError('navigate() is for pages of this server');
  if (url.href !== location.href) history[replace ? 'replaceState' : 'pushState'](null, '', url);
  route.set(here());
}

/** A path of this server that may be gone to after signing in, or `/`: never another site. */
export function safePath(value: string | null): string {
  if (!value?.startsWith('/') || !URL.canParse(value, location.origin)) return '/';
  const url = new URL(value, location.origin);
  // `/.//host` is a path here, and would be another host once it is resolved again.
  if (url.origin !== location.origin || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search + url.hash;
}

/** The parameters of *path* under *pattern*, or nothing if it does not match. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = decoded(value);
    else if (segment !== value) return undefined;
  }
  return params;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The first pattern that matches; fixed segments win over `:names`. */
export function findRoute<T extends RoutePattern>(
  patterns: readonly T[],
  path: string,
): { route: T; params: Record<string, string> } | undefined {
  const names = (one: T): number => one.path.split(':').length;
  for (const one of [...patterns].sort((a, b) => names(a) - names(b))) {
    const params = matchPath(one.path, path);
    if (params) return { route: one, params };
  }
  return undefined;
}

function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return undefined;
  }
  return event.composedPath().find((target): target is HTMLAnchorElement => target instanceof HTMLAnchorElement && target.href !== '');
}

/** Makes links to *isPage* paths change the page without loading it anew; returns how to stop. */
export function startRouter(isPage: (path: string) => boolean): () => void {
  const click = (event: MouseEvent): void => {
    const link = linkOf(event);
    if (link?.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (!isPage(link.pathname)) return;
    event.preventDefault();
    navigate(link.href);
  };
  const moved = (): void => {
    route.set(here());
  };
  document.addEventListener('click', click);
  window.addEventListener('popstate', moved);
  return () => {
    document.removeEventListener('click', click);
    window.removeEventListener('popstate', moved);
  };
}
