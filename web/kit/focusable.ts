import { LitElement } from 'lit';

/** An element whose focus is that of a control inside it; asked for before it has rendered, it comes when it has. */
export class Focusable extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };

  override focus(options?: FocusOptions): void {
    if (this.hasUpdated) super.focus(options);
    else void this.updateComplete.then(() => super.focus(options));
  }
}
