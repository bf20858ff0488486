/** The page's start: words, look, routes; then who is signed in; then the application. */
import { onSessionLost } from '../core/api/client.js';
import { pageState } from '../core/boot.js';
import { setOwnPages } from '../core/own-pages.js';
import { navigate, route, startRouter } from '../core/router.js';
import { followPreferences, startPreferences } from '../core/preferences.js';
import { endSession, onSessionElsewhere, session, wasSignedIn } from '../core/session.js';
import { startTheme } from '../core/theme.js';
import { ModulonApp } from './app/app.js';
import { startCommands } from './commands.js';
import { guard } from './guard.js';
import { followModules } from './modules/follow.js';
import { registry } from './modules/index.js';
import { startShortcuts } from './shortcuts.js';
import { startWords } from './words.js';

async function begin(): Promise<void> {
  await startWords();
  startTheme();
  startCommands(registry);
  startPreferences();
  startShortcuts();
  startRouter((path) => guard.isPage(path));
  setOwnPages((path) => guard.isPage(path));
  function signedOut(): void {
    guard.signedOut();
    endSession();
    const { path, query, hash } = route.value;
    const next = `${path}${query.size > 0 ? `?${query.toString()}` : ''}${hash ? `#${hash}` : ''}`;
    if (path !== '/signin') navigate(`/signin?next=${encodeURIComponent(next)}`, { replace: true });
  }

  let unfollow: (() => void) | undefined;
  session.subscribe((who) => {
    unfollow?.();
    unfollow = undefined;
    if (!who) return;
    const stops = [followPreferences(), followModules()];
    unfollow = (): void => {
      for (const stop of stops) stop();
    };
  });
  onSessionLost(signedOut);
  onSessionElsewhere(signedOut);
  // A page that the browser kept whole and shows again may be of somebody who has signed out since.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  guard.start({ setup: pageState.setup, signed_in: pageState.signed_in || wasSignedIn() });

  // Last: the page holds this element already, and it renders as soon as it is defined.
  customElements.define('modulon-app', ModulonApp);
}

// Not awaited here: a page's first file that waits would have to be split for those that import from it.
void begin();
