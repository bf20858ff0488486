import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Store } from './store.js';

/** Re-renders an element when a store changes, and lets go of it when the element leaves the page. */
export class Watch<T> implements ReactiveController {
  #stop: (() => void) | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly store: Store<T>,
    private readonly changed: (value: T) => void = () => undefined,
  ) {
    host.addController(this);
  }

  get value(): T {
    return this.store.value;
  }

  hostConnected(): void {
    this.#stop = this.store.subscribe((value) => {
      this.changed(value);
      this.host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
