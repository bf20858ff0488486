/**
 * `@modulon/sdk`: with `lit` and `@modulon/kit/*`, all that a module's frontend imports.
 */

// What a module is.
export { defineModule, type ModuleFrontend } from './module.js';
export { define } from './define.js';

// The server: typed calls, streams, errors.
export { api, type Page, type Query, type RequestOptions } from '../core/api/client.js';
export { followStream, type FollowOptions, type StreamEvent, type StreamState } from '../core/stream/index.js';
export type { Schemas } from '../core/api/types.js';
export { ApiError, type Problem } from '../core/api/problem.js';
export { errorText, faultText, fieldTexts } from './errors.js';
export { Submission, type SubmissionOptions } from './submission.js';

// Words and numbers in the person's language.
export {
  formatBytes,
  formatCompact,
  formatDate,
  formatDuration,
  formatMoney,
  formatNumber,
  formatRelative,
  hasMessage,
  locale,
  t,
  wordsOf,
  type Messages,
  type Params,
} from '../core/i18n/index.js';

// State that can be watched: `new Watch(this, session)` re-renders an element when it changes.
export { Store } from '../core/store.js';
export { Watch } from '../core/watch.js';
export { Media } from '../core/media.js';
export { session, loadSession, chooseWorkspace, forgetSession, type Session, type User, type Workspace } from '../core/session.js';
export { theme, setTheme, type Theme } from '../core/theme.js';
export { changePreferences, preferences, type Preferences } from '../core/preferences.js';
export { languageName, languages } from '../core/languages.js';
export { online } from '../core/online.js';

// Where the person is.
export { navigate, route, safePath, type Location } from '../core/router.js';
export { setPageTitle } from '../core/title.js';
export { openPanel, closePanel, panel } from '../core/panel.js';

// Commands, shortcuts and what the palette finds.
export { addCommands, commands, defaultKey, findCommand, runCommand, type Command } from '../core/commands.js';
export { ariaKeys, keyLabel, matchesKey, pressedKeys, sameKeys } from '../core/keys.js';
export { addSearchSource, type SearchResult, type SearchSource } from '../core/search.js';

// What the page says and asks.
export { announce, toast, toasts } from '../core/messages.js';
export { confirm, question, type Question } from '../core/dialogs.js';

// What the server tells.
export { onNotification, type Notification } from '../core/notifications.js';

// Small things of the browser.
export { copyText } from '../core/clipboard.js';
export { randomId } from '../core/ids.js';
export { storage } from '../core/storage.js';
export { startWorker } from '../core/worker.js';
export { pageState } from '../core/boot.js';
