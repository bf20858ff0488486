import { api } from './api/client.js';
import { ApiError } from './api/problem.js';
import type { Schemas } from './api/types.js';
import { adoptPreferences, type Preferences } from './preferences.js';
import { storage } from './storage.js';
import { Store } from './store.js';

export type User = Schemas['UserRead'];
export type Workspace = Schemas['WorkspaceOfMe'];
export type Session = Omit<Schemas['MeRead'], 'preferences'>;

type Me = Session & { preferences?: Preferences };

/** Who is signed in, in which workspace; nothing if nobody is. */
export const session = new Store<Session | undefined>(undefined);

const KNOWN = 'signed-in';

/**
 * Whether somebody was signed in here last time: the session may be renewed although the server, which sees only the
 * short-lived cookie, takes this page's reader for a stranger.
 */
export function wasSignedIn(): boolean {
  return storage.get(KNOWN) === 'yes';
}

/** Calls *listener* when another tab of this browser signs out, or in as somebody else. */
export function onSessionElsewhere(listener: () => void): void {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === `modulon.${KNOWN}` && newValue === null && session.value !== undefined) listener();
  });
}

/** Notes that nobody is signed in here any more. */
export function endSession(): void {
  storage.remove(KNOWN);
  session.set(undefined);
}

/** Asks the server who is signed in. Throws `ApiError`. */
export async function loadSession(): Promise<Session> {
  const found = await api.get<Me>('/me').catch((error: unknown) => withoutWorkspace(error));
  storage.set(KNOWN, 'yes');
  if (found.preferences !== undefined) adoptPreferences(found.preferences);
  session.set(found);
  return found;
}

/** The workspace chosen in this browser may be gone: then the personal one is used. */
async function withoutWorkspace(error: unknown): Promise<Me> {
  const gone = error instanceof ApiError && (error.status === 404 || error.status === 403) && storage.get('workspace') !== null;
  if (!gone) throw error;
  storage.remove('workspace');
  return api.get<Me>('/me');
}

/** Chooses a workspace. The page is loaded anew, so that nothing of the other one is left on it. */
export function chooseWorkspace(id: string): void {
  storage.set('workspace', id);
  location.assign('/');
}

/** Forgets who was signed in and shows the sign-in page. */
export function forgetSession(): void {
  storage.remove('workspace');
  endSession();
  location.assign('/signin');
}
