import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { ApiError } from '../../core/api/problem.js';
import { loadSession } from '../../core/session.js';
import { guard } from '../guard.js';
import { registry } from '../modules/index.js';

const FRAME = ['sidebar.workspace', 'sidebar.action', 'sidebar.section', 'sidebar.footer'];

/** Learns who is signed in when the page starts; remembers if the server did not answer. */
export class Start implements ReactiveController {
  /** Whether the server could not be reached. */
  failed = false;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    if (!guard.signedIn) return;
    this.#warm();
    void this.retry();
  }

  /** Fetches what the first page needs while the server tells who is signed in. */
  #warm(): void {
    const parts = FRAME.flatMap((slot) => registry.slot(slot));
    const page = guard.shown.value?.page;
    for (const { module } of page ? [page, ...parts] : parts) {
      // A failure is told, and can be tried again, where the element stands.
      void registry.frontend(module).catch(() => undefined);
    }
  }

  readonly retry = async (): Promise<void> => {
    this.failed = false;
    try {
      await loadSession();
    } catch (error) {
      // Not signed in any more: the client has shown the sign-in page.
      this.failed = !(error instanceof ApiError && error.status === 401);
    }
    this.host.requestUpdate();
  };
}
