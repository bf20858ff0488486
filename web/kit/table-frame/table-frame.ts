/**
 * `<k-table-frame><table>…`: a table that scrolls by itself when it is wide, and can be copied.
 *
 * @fires k-copy - `detail.text` is to be copied
 */
import { LitElement, html, type TemplateResult } from 'lit';

import { base } from '../base.styles.js';
import { askToCopy } from '../markdown/copy.js';
import { documentWords as words } from '../markdown/words.js';
import { styles } from './table-frame.styles.js';
import { tableToCsv, tableToMarkdown } from './text.js';

export class KTableFrame extends LitElement {
  static override styles = [base, styles];

  protected override render(): TemplateResult {
    return html`
      <div class="scroll" tabindex="0" role="group" aria-label=${words.table}><slot></slot></div>
      <div class="tools">
        <button type="button" @click=${() => { this.#copy(tableToCsv); }}>${words.copyCsv}</button>
        <button type="button" @click=${() => { this.#copy(tableToMarkdown); }}>${words.copyMarkdown}</button>
      </div>
    `;
  }

  #copy(write: (table: HTMLTableElement) => string): void {
    const table = this.querySelector('table');
    if (table !== null) askToCopy(this, write(table));
  }
}
