import { define, Media, t, Watch } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/empty-state';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import '@modulon/kit/header';
import '@modulon/kit/skeleton';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import type { Provider } from '../../api.js';
import '../../components/dialog/dialog.js';
import '../../components/key-dialog/key-dialog.js';
import '../../components/models/models.js';
import '../../components/side/side.js';
import { dialog } from '../../dialog-state.js';
import { ProviderList } from '../../state.js';
import { styles } from './providers.styles.js';
import { pausedRow, providerRow, troubleRow, type RowActions } from './rows.js';

/** Settings, providers: those there are with their state, one of them open with its models and its key. */
export class ProvidersPage extends LitElement {
  static override styles = [base, page, settingsPage, styles];

  @state() private opened = '';
  @state() private query = '';
  @state() private rekeyed = '';

  readonly #middling = new Media(this, '(max-width: 60rem)');
  readonly #narrow = new Media(this, '(max-width: 47.5rem)');
  readonly #list = new ProviderList();
  readonly #state = new Watch(this, this.#list.state);
  readonly #dialog = new Watch(this, dialog);

  readonly #actions: RowActions = {
    open: (provider) => {
      this.opened = this.opened === provider.id ? '' : provider.id;
    },
    edit: (provider) => {
      dialog.set({ open: true, provider });
    },
    key: (provider) => {
      this.rekeyed = provider.id;
    },
    check: (provider) => this.#list.check(provider),
    refresh: (provider) => this.#list.refresh(provider),
    switch: (provider) => this.#list.switch(provider),
    remove: (provider) => this.#list.remove(provider),
  };

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#list.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    dialog.set({ open: false });
  }

  override render(): TemplateResult {
    const { items } = this.#state.value;
    return html`<k-header lined heading=${t('providers.title')} crumb=${t('shell.settings')} crumb-href="/settings" sub=${this.#sub()}>
        ${items && items.length > 0 ? this.#tools() : nothing}
        <k-button slot="actions" size="sm" variant="primary" icon="plus" @click=${this.#add}>${t('providers.add')}</k-button>
      </k-header>
      <div class="page">${this.#content()}</div>
      ${this.#dialogs()}`;
  }

  #sub(): string {
    const { items } = this.#state.value;
    if (!items || items.length === 0) return '';
    const sum = (count: (provider: Provider) => number): number => items.reduce((total, one) => total + count(one), 0);
    return t('providers.sub', { n: items.length, enabled: sum((one) => one.models.enabled), total: sum((one) => one.models.total) });
  }

  #tools(): TemplateResult {
    return html`<k-field
        class="wide"
        slot="actions"
        compact
        label-hidden
        icon="search"
        type="search"
        label=${t('providers.find')}
        placeholder=${t('providers.find')}
        @input=${(event: Event): void => {
          this.query = (event.currentTarget as KField).value;
        }}
      ></k-field>
      <k-button
        class="wide"
        slot="actions"
        size="sm"
        variant="line"
        icon="refresh-cw"
        ?loading=${this.#state.value.busy.size > 1}
        @click=${(): void => void this.#list.checkAll()}
        >${t('providers.check_all')}</k-button
      >`;
  }

  #content(): TemplateResult {
    const { items, problem } = this.#state.value;
    if (problem) {
      return html`<k-banner tone="bad" role="alert" heading=${t('providers.load_failed')}>
        ${problem}<k-button slot="action" size="sm" variant="line" @click=${this.#list.load}>${t('providers.retry')}</k-button>
      </k-banner>`;
    }
    if (!items) return html`<div class="box"><k-skeleton rows lines="4"></k-skeleton></div>`;
    if (items.length === 0) return this.#empty();
    const query = this.query.trim().toLowerCase();
    const found = items.filter((one) => `${one.name} ${one.endpoint}`.toLowerCase().includes(query));
    if (found.length > 0) return this.#table(found);
    return html`<div class="box"><k-empty-state icon="search" heading=${t('providers.no_match', { query: this.query })}></k-empty-state></div>`;
  }

  #empty(): TemplateResult {
    return html`<div class="box">
      <k-empty-state icon="plug" heading=${t('providers.empty')} text=${t('providers.empty_about')}>
        <k-button variant="line" icon="plus" @click=${this.#add}>${t('providers.add')}</k-button>
      </k-empty-state>
    </div>`;
  }

  #table(items: readonly Provider[]): TemplateResult {
    const head = (key: string, className: string): TemplateResult => html`<th scope="col" class=${className}>${t(`providers.head.${key}`)}</th>`;
    return html`<div class="box list">
      <table>
        <thead>
          <tr>
            ${head('provider', '')}${head('state', '')}${head('models', 'num wide')}${head('answer', 'num extra')}${head('key', 'extra')}
            <th class="act"><span class="sr">${t('providers.head.more')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            items,
            (provider) => provider.id,
            (provider) => this.#rows(provider),
          )}
        </tbody>
      </table>
    </div>`;
  }

  #rows(provider: Provider): TemplateResult {
    const open = this.opened === provider.id;
    const busy = this.#state.value.busy.has(provider.id);
    const trouble = provider.enabled && provider.health.state === 'failing';
    const paused = provider.enabled && !trouble && provider.breaker.state !== 'closed';
    return html`${providerRow(provider, { open, busy }, this.#actions)}
    ${paused ? pausedRow(provider, busy, this.#columns, this.#actions) : nothing} ${trouble ? troubleRow(provider, busy, this.#columns, this.#actions) : nothing}
    ${open ? this.#detail(provider) : nothing}`;
  }

  /** How many columns are shown: a cell over all of them must not make more. */
  get #columns(): number {
    if (this.#narrow.matches) return 3;
    return this.#middling.matches ? 4 : 6;
  }

  #detail(provider: Provider): TemplateResult {
    return html`<tr class="detail">
      <td colspan=${this.#columns}>
        <div class="parts">
          <m-providers-models
            .provider=${provider}
            .generation=${this.#state.value.generations.get(provider.id) ?? 0}
            @k-changed=${(): void => void this.#list.reload(provider.id)}
          ></m-providers-models>
          <m-providers-side
            .provider=${provider}
            @k-action=${({ detail }: CustomEvent<string>): void => {
              if (detail === 'key') this.rekeyed = provider.id;
              else void this.#list.removeKey(provider);
            }}
          ></m-providers-side>
        </div>
      </td>
    </tr>`;
  }

  #dialogs(): TemplateResult {
    const { open, provider } = this.#dialog.value;
    return html`<m-providers-dialog
        .open=${open}
        .provider=${provider}
        @k-saved=${this.#saved}
        @k-close=${(): void => {
          dialog.set({ open: false, provider });
        }}
      ></m-providers-dialog>
      <m-providers-key-dialog
        .provider=${this.#state.value.items?.find((one) => one.id === this.rekeyed)}
        @k-saved=${this.#saved}
        @k-close=${(): void => {
          this.rekeyed = '';
        }}
      ></m-providers-key-dialog>`;
  }

  readonly #add = (): void => {
    dialog.set({ open: true });
  };

  readonly #saved = ({ detail }: CustomEvent<Provider>): void => {
    this.#list.put(detail);
    if (detail.models.total > 0) this.opened = detail.id;
  };
}

define('m-providers-page', ProvidersPage);
