import { pageState } from '../../core/boot.js';
import { onNotification } from '../../core/notifications.js';
import type { PageState } from '../../core/page-state.js';
import { registry } from './index.js';

/** When is looked once more: another process of the server may have answered, which hears of a switch a moment later. */
const AGAIN_MS = 1500;

let looking: Promise<void> | undefined;
let wanted = false;

/** Keeps the modules of this page those that serve, until the returned function is called. */
export function followModules(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = onNotification('core.module_switched', () => {
    void look();
    clearTimeout(timer);
    timer = setTimeout(() => void look(), AGAIN_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Asks what there is now: one question at a time, and what is asked for meanwhile is one more after it. */
async function look(): Promise<void> {
  wanted = true;
  if (looking) return looking;
  looking = (async () => {
    while (wanted) {
      wanted = false;
      await ask();
    }
    looking = undefined;
  })();
  return looking;
}

/** A server of another version has other files: its page must be loaded first. */
async function ask(): Promise<void> {
  try {
    const response = await fetch('/api/interface', { credentials: 'same-origin' });
    if (!response.ok) return;
    const { version, modules } = (await response.json()) as Pick<PageState, 'version' | 'modules'>;
    if (version === pageState.version) registry.update(modules);
  } catch {
    // The server is away: it is asked again once the notifications are back.
  }
}
