import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Keeps the composer above a phone's keyboard where the page is not resized for it. Sets `--keyboard` on the host. */
export class KeyboardInset implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    visualViewport?.addEventListener('resize', this.#measure);
    visualViewport?.addEventListener('scroll', this.#measure);
  }

  hostDisconnected(): void {
    visualViewport?.removeEventListener('resize', this.#measure);
    visualViewport?.removeEventListener('scroll', this.#measure);
  }

  readonly #measure = (): void => {
    const view = visualViewport;
    if (view === null || view.scale > 1.01) return;
    const covered = Math.max(0, innerHeight - view.height - view.offsetTop);
    this.#host.style.setProperty('--keyboard', `${String(Math.round(covered))}px`);
  };
}
