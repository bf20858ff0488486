import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { ApiError } from '../../core/api/problem.js';
import { loadSession } from '../../core/session.js';

/** Learns who is signed in when the page starts; remembers if the server did not answer. */
export class Start implements ReactiveController {
  /** Whether the server could not be reached. */
  failed = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly signedIn: boolean,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    if (this.signedIn) void this.retry();
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
