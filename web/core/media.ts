import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Re-renders an element when a media query begins or ends to match: `new Media(this, '(max-width: 47.5rem)')`. */
export class Media implements ReactiveController {
  readonly #query: MediaQueryList;

  constructor(
    private readonly host: ReactiveControllerHost,
    query: string,
  ) {
    this.#query = matchMedia(query);
    host.addController(this);
  }

  get matches(): boolean {
    return this.#query.matches;
  }

  hostConnected(): void {
    this.#query.addEventListener('change', this.#changed);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener('change', this.#changed);
  }

  readonly #changed = (): void => {
    this.host.requestUpdate();
  };
}
