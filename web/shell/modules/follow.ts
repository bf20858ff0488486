import { pageState } from '../../core/boot.js';
import { onNotification } from '../../core/notifications.js';
import type { PageState } from '../../core/page-state.js';
import { registry } from './index.js';

/** Keeps the modules of this page those that serve, until the returned function is called. */
export function followModules(): () => void {
  return onNotification('core.module_switched', () => void look());
}

/** Asks what there is now. A server of another version has other files: its page must be loaded first. */
async function look(): Promise<void> {
  try {
    const response = await fetch('/api/interface', { credentials: 'same-origin' });
    if (!response.ok) return;
    const { version, modules } = (await response.json()) as Pick<PageState, 'version' | 'modules'>;
    if (version === pageState.version) registry.update(modules);
  } catch {
    // The server is away: it is asked again once the notifications are back.
  }
}
