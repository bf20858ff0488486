import { css, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import { base } from '../base.styles.js';
import { icon, type IconSize } from './svg.js';

/** `<k-icon name="plus" size="s">`: a Lucide icon, 18, 16 (`s`) or 14 (`xs`) pixels. */
export class KIcon extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-flex;
        vertical-align: middle;
      }
    `,
  ];

  @property() name = '';
  @property() size: IconSize = 'm';

  override render(): TemplateResult {
    return icon(this.name, this.size);
  }
}
