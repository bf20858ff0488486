import type { PageContribution, PageState } from '../core/page-state.js';
import { findRoute, navigate, route, safePath } from '../core/router.js';
import { session } from '../core/session.js';
import { Store } from '../core/store.js';
import { registry, type ModuleRegistry, type Owned } from './modules/index.js';

export interface Shown {
  page: Owned<PageContribution>;
  params: Record<string, string>;
}

const SETUP = '/setup';
const SIGN_IN = '/signin';
const SETTINGS = '/settings';

/** Decides which page may be shown: the right one, sign-in, set-up, or none. */
export class Guard {
  /** The page to show; nothing while there is none at this address. */
  readonly shown = new Store<Shown | undefined>(undefined);
  #state: Pick<PageState, 'setup' | 'signed_in'> = { setup: 'done', signed_in: false };

  constructor(private readonly modules: ModuleRegistry) {}


  isPage(path: string): boolean {
    return path === SETTINGS || findRoute(this.modules.pages, path) !== undefined;
  }

  /** Whether the page at *path* was there before its module was switched off. */
  wasPage(path: string): boolean {
    return findRoute(this.modules.pastPages, path) !== undefined;
  }

  /** Begins to decide, and again on each change; returns how to stop. */
  start(state: Pick<PageState, 'setup' | 'signed_in'>): () => void {
    this.#state = state;
    const decide = (): void => {
      this.#decide();
    };
    const stops = [route.subscribe(decide), session.subscribe(decide), this.modules.now.subscribe(decide)];
    decide();
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** The session could not be renewed. */
  signedOut(): void {
    this.#state = { ...this.#state, signed_in: false };
  }

  /** Whether somebody is signed in, as far as one knows. */
  get signedIn(): boolean {
    return this.#state.signed_in || session.value !== undefined;
  }

  #decide(): void {
    const { path } = route.value;
    const other = this.#elsewhere(path);
    if (other !== undefined) {
      navigate(other, { replace: true });
      return;
    }
    const found = findRoute(this.modules.pages, path);
    const next = found && { page: found.route, params: found.params };
    // A page that stays is not given its place anew: it would load again what somebody is writing in.
    if (!same(this.shown.value, next)) this.shown.set(next);
  }

  /** Where to go instead of *path*, if anywhere. */
  #elsewhere(path: string): string | undefined {
    const { query, hash } = route.value;
    if (this.#state.setup === 'open' && !this.signedIn) return path === SETUP ? undefined : `${SETUP}${hash ? `#${hash}` : ''}`;
    if (path === SETTINGS) return this.settings[0]?.path ?? '/';
    if (path === SETUP && this.#state.setup === 'done') return this.signedIn ? '/' : SIGN_IN;
    if (path === SIGN_IN && this.signedIn) return safePath(query.get('next'));
    const page = findRoute(this.modules.pages, path)?.route;
    if (page?.public === true || this.signedIn) return undefined;
    return path === '/' ? SIGN_IN : `${SIGN_IN}?next=${encodeURIComponent(path)}`;
  }

  /** The pages of the settings that this person may open, in order. */
  get settings(): Owned<PageContribution>[] {
    return this.menu('settings.');
  }

  /** The pages whose menu starts so and that this person may open. */
  menu(prefix: string): Owned<PageContribution>[] {
    const admin = session.value?.user.admin === true;
    return this.modules.pages.filter((page) => page.nav.startsWith(prefix) && (!page.admin || admin));
  }
}

/** Whether two pages are the same, of the same module, at the same address. */
function same(one: Shown | undefined, other: Shown | undefined): boolean {
  if (!one || !other) return one === other;
  const params = JSON.stringify(one.params) === JSON.stringify(other.params);
  return params && one.page.module === other.page.module && one.page.path === other.page.path;
}

export const guard = new Guard(registry);
