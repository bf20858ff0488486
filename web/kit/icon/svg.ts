import { html, type TemplateResult } from 'lit';
import sprite from 'virtual:modulon/icons';

export type IconSize = 'xs' | 's' | 'm';

/** Icons that point along the line of text: mirrored where text runs from right to left. */
const POINTING = /^((arrow|chevron|panel)-(left|right)|log-(in|out)|folder-input|text-search)$/;

/** A Lucide icon as bare SVG, for templates whose styles include the kit's `base`. It says nothing to a screen reader. */
export function icon(name: string, size: IconSize = 'm'): TemplateResult {
  return html`<svg class="i ${size} ${POINTING.test(name) ? 'way' : ''}" aria-hidden="true" focusable="false"><use href="${sprite}#${name}"></use></svg>`;
}
