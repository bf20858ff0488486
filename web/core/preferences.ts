import { api } from './api/client.js';
import type { Schemas } from './api/types.js';
import { rebindCommands } from './commands.js';
import { keepLanguage, languageChanged } from './languages.js';
import { onNotification } from './notifications.js';
import { storage } from './storage.js';
import { Store } from './store.js';
import { keepTheme, setTheme, theme } from './theme.js';

/** How the interface looks, speaks and listens for one person, on every device. */
export type Preferences = Schemas['PreferencesRead'];

const KEPT = 'preferences';
const NONE: Preferences = { theme: 'system', density: 'comfortable', language: '', shortcuts_on: true, shortcuts: {} };

function kept(): Preferences {
  try {
    return { ...NONE, ...(JSON.parse(storage.get(KEPT) ?? '{}') as Partial<Preferences>) };
  } catch {
    return NONE;
  }
}

/** What counts now. A copy in this browser counts until the server is heard, so that nothing flashes at the start. */
export const preferences = new Store<Preferences>(NONE);

/** Loads the page anew in another language: nothing on the page is written again. */
let reload = (): void => {
  location.reload();
};

/** For tests, which must not be loaded anew. */
export function onLanguageChange(instead: () => void): void {
  reload = instead;
}

function apply(next: Preferences): void {
  preferences.set(next);
  keepTheme({ mode: next.theme, density: next.density });
  rebindCommands(next.shortcuts_on, next.shortcuts);
  keepLanguage(next.language);
  if (languageChanged()) reload();
}

/** Takes over what the server says, for this tab and the others of this browser. */
export function adoptPreferences(next: Preferences): void {
  storage.set(KEPT, JSON.stringify(next));
  apply(next);
}

/** Changes some of them, at once here and then on every device. Throws `ApiError`, and everything is as before. */
export async function changePreferences(change: Partial<Preferences>): Promise<void> {
  const before = preferences.value;
  const { language, ...now } = change;
  apply({ ...before, ...now });
  try {
    // A language is another page: first it must be kept.
    adoptPreferences(await api.patch<Preferences>('/me/preferences', { ...now, ...(language === undefined ? {} : { language }) }));
  } catch (error) {
    apply(before);
    throw error;
  }
}

/** Asks the server anew: another device may have changed them. */
async function hear(): Promise<void> {
  adoptPreferences(await api.get<Preferences>('/me/preferences'));
}

/** Begins with this browser's copy, and follows other tabs. */
export function startPreferences(): void {
  if (storage.get(KEPT) !== null) apply(kept());
  window.addEventListener('storage', ({ key }) => {
    if (key === `modulon.${KEPT}`) apply(kept());
  });
}

/** Follows other devices, until the returned function is called. */
export function followPreferences(): () => void {
  const look = (): void => {
    // Offline, or signed out: whoever comes back looks again.
    if (document.visibilityState === 'visible') hear().catch(() => undefined);
  };
  const stop = onNotification('accounts.preferences_changed', look);
  document.addEventListener('visibilitychange', look);
  return () => {
    stop();
    document.removeEventListener('visibilitychange', look);
  };
}

/** The look, which somebody who is not signed in may choose for this browser too. */
export async function chooseLook(change: { mode?: Preferences['theme']; density?: Preferences['density'] }, signedIn: boolean): Promise<void> {
  setTheme(change);
  if (!signedIn) return;
  const { mode, density } = theme.value;
  await changePreferences({ theme: mode, density });
}
