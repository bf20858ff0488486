import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { t } from '../../core/i18n/index.js';
import type { ModuleState } from '../../core/page-state.js';
import { base } from '../../kit/base.styles.js';
import '../../kit/button/index.js';
import '../../kit/empty-state/index.js';
import '../../kit/skeleton/index.js';
import { registry } from '../modules/index.js';

type Host = HTMLElement & { performUpdate?: () => void };

const PATIENCE = 200;

/**
 * One contributed element within its own boundary: loads the module when it is first shown and, if that or the element
 * fails, says so in its place while the rest of the page works.
 */
export class ModulonPart extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: contents;
      }
      .failed {
        padding: var(--s3);
      }
      .wait {
        padding: var(--s5);
      }
    `,
  ];

  @property() tag = '';
  @property({ attribute: false }) module!: ModuleState;
  /** Properties set on the element. */
  @property({ attribute: false }) data: Record<string, unknown> = {};
  /** Fails loudly, with room around it, as a page does; else in one line. */
  @property({ type: Boolean }) page = false;

  @state() private failure: unknown;
  @state() private slow = false;
  @state() private element: Host | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('tag') || changed.has('module')) void this.#load();
    else if (changed.has('data') && this.element) Object.assign(this.element, this.data);
  }

  override render(): unknown {
    if (this.failure !== undefined) return this.#failed();
    if (this.element) return this.element;
    return this.page && this.slow ? html`<div class="wait"><k-skeleton lines="4"></k-skeleton></div>` : nothing;
  }

  #failed(): TemplateResult {
    const text = t('shell.part.failed', { name: this.module.id });
    const retry = html`<k-button size="sm" variant="line" icon="refresh-cw" @click=${this.#load}>${t('shell.part.retry')}</k-button>`;
    return html`<div class="failed" role="alert">
      <k-empty-state icon="circle-alert" heading=${text} text=${t('shell.part.safe')} ?small=${!this.page}>${retry}</k-empty-state>
    </div>`;
  }

  readonly #load = async (): Promise<void> => {
    const { tag, module } = this;
    this.failure = undefined;
    this.element = undefined;
    this.slow = false;
    const timer = setTimeout(() => {
      this.slow = true;
    }, PATIENCE);
    try {
      await registry.element(module, tag);
      if (tag === this.tag) this.element = this.#create(tag);
    } catch (error) {
      if (tag === this.tag) this.#fail(error);
    } finally {
      clearTimeout(timer);
    }
  };

  #create(tag: string): Host {
    const element: Host = document.createElement(tag);
    const update = element.performUpdate?.bind(element);
    if (update) {
      element.performUpdate = (): void => {
        try {
          update();
        } catch (error) {
          this.#fail(error);
        }
      };
    }
    return Object.assign(element, this.data);
  }

  #fail(error: unknown): void {
    // The browser's console is where a module's author looks.
    console.error(`[${this.module.id}] <${this.tag}>`, error);
    this.failure = error ?? new Error('unknown');
  }
}

customElements.define('modulon-part', ModulonPart);
