import { html, type TemplateResult } from 'lit';
import sprite from 'virtual:modulon/icons';

export type IconSize = 'xs' | 's' | 'm';

/** A Lucide icon as bare SVG, for templates whose styles include the kit's `base`. It says nothing to a screen reader. */
export function icon(name: string, size: IconSize = 'm'): TemplateResult {
  return html`<svg class="i ${size}" aria-hidden="true" focusable="false"><use href="${sprite}#${name}"></use></svg>`;
}
