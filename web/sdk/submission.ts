import type { ReactiveController, ReactiveControllerHost } from 'lit';

import { errorText, fieldTexts } from './errors.js';

type Texts = Readonly<Record<string, string>>;

export interface SubmissionOptions {
  /** The module whose words say what went wrong. */
  module: string;
  /** Names of the fields beside which something wrong can be said. */
  fields?: readonly string[];
}

/**
 * What becomes of a form: whether it is on its way, and what was wrong, beside a field or with the whole.
 * `readonly #sent = new Submission(this, { module: 'acme', fields: ['name'] })` renders the element anew at each change.
 */
export class Submission implements ReactiveController {
  busy = false;
  /** What was wrong with the whole, '' if nothing was. */
  problem = '';
  /** What was wrong, by the name of a field. */
  fields: Texts = {};

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly options: SubmissionOptions,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    // Nothing to do: it lives by what is sent.
  }

  /** Says what is wrong, by default nothing: before anything is sent, or when the form is opened anew. */
  refuse(problem = '', fields: Texts = {}): void {
    this.problem = problem;
    this.fields = fields;
    this.host.requestUpdate();
  }

  /** Sends the form of the *event* by *work*, if all of it is valid and it is not on its way already. */
  async send(event: Event, work: (data: FormData) => unknown): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (this.busy || !form.reportValidity()) return;
    const data = new FormData(form);
    await this.during(() => work(data));
  }

  /** Does *work* and says what went wrong. */
  async during(work: () => unknown): Promise<void> {
    this.busy = true;
    this.refuse();
    try {
      await work();
    } catch (error) {
      this.#failed(error);
    }
    this.busy = false;
    this.host.requestUpdate();
  }

  #failed(error: unknown): void {
    const { module, fields = [] } = this.options;
    const texts = fieldTexts(error, fields, module);
    this.refuse(Object.keys(texts).length > 0 ? '' : errorText(error, module), texts);
  }
}
