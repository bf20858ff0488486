import { define, errorText, faultText, randomId, t, Watch } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import { icon } from '@modulon/kit/icon';
import { base, page } from '@modulon/kit/styles';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';

import type { FoundServer, Provider } from '../../api.js';
import { hostOf, placeOf } from '../../place.js';
import { loadPresets, presets } from '../../presets.js';
import { saveProvider } from '../../save.js';
import { choice } from '../choice.styles.js';
import '../found/found.js';
import '../other/other.js';
import type { ProvidersOther } from '../other/other.js';
import '../paste/paste.js';
import { styles } from './first.styles.js';

/** What the step ends with: a server that was found, a provider that was added, or the guide alone. */
type Choice = { kind: 'found'; server: FoundServer } | { kind: 'added'; provider: Provider } | { kind: 'guide' };

/**
 * The step of the set-up that adds the first provider: one found on this machine, a pasted key, any address, or none,
 * with the built-in guide. Fires `k-done` with what the overview says about it, with nothing for the guide.
 */
export class ProvidersFirst extends LitElement {
  static override styles = [base, page, choice, styles];

  @state() private choice: Choice | undefined;
  @state() private other = false;
  @state() private busy = false;
  @state() private problem = '';
  @query('m-providers-other') private readonly form!: ProvidersOther | null;
  @query('.end') private readonly end!: HTMLElement;

  readonly #presets = new Watch(this, presets);
  #idempotencyKey = randomId();

  override connectedCallback(): void {
    super.connectedCallback();
    loadPresets().catch((error: unknown) => {
      this.problem = errorText(error, 'providers');
    });
  }

  /** The step is longer than most windows: what to press next is shown once there is something to press it for. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has('choice') && this.choice) this.end.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult {
    const known = this.#presets.value ?? [];
    const { choice } = this;
    return html`<header>
        <h2>${t('providers.first.title')}</h2>
        <p>${t('providers.first.about')}</p>
      </header>
      <m-providers-found
        .chosen=${choice?.kind === 'found' ? choice.server.endpoint : ''}
        ports=${known.filter((one) => one.probe).length}
        @k-choose=${this.#found}
      ></m-providers-found>
      <m-providers-paste .presets=${known} @k-saved=${this.#added}></m-providers-paste>
      ${this.#other()} ${this.#guide()}
      ${this.problem ? html`<k-banner tone="bad" role="alert">${this.problem}</k-banner>` : nothing}
      <div class="end">
        <k-button variant="primary" ?loading=${this.busy} ?disabled=${!choice} @click=${this.#continue}>${this.#verb()}</k-button>
      </div>`;
  }

  #verb(): string {
    switch (this.choice?.kind) {
      case 'found':
        return t('providers.first.with', { name: this.choice.server.name });
      case 'added':
        return t('providers.first.with', { name: this.choice.provider.name });
      case 'guide':
        return t('providers.first.without');
      default:
        return t('providers.first.continue');
    }
  }

  #other(): TemplateResult {
    const toggle = (): void => {
      this.other = !this.other;
    };
    return html`<section class="box" aria-labelledby="h-other">
      <h3 id="h-other">
        ${icon('plug', 's')}${t('providers.first.other')}
        <k-button size="sm" variant="link" .expanded=${this.other} @click=${toggle}>${t(this.other ? 'providers.first.fold' : 'providers.first.choose')}</k-button>
      </h3>
      ${this.other ? html`<div class="in"><m-providers-other @k-saved=${this.#added}></m-providers-other></div>` : nothing}
    </section>`;
  }

  #guide(): TemplateResult {
    const on = this.choice?.kind === 'guide';
    return html`<section class="box">
      <label class=${on ? 'on' : ''}>
        <input
          type="radio"
          name="guide"
          .checked=${on}
          @change=${(): void => {
            this.choice = { kind: 'guide' };
          }}
        />
        <span class="two"><b>${t('providers.first.guide')}</b><small>${t('providers.first.guide_about')}</small></span>
        ${icon('book-open')}
      </label>
    </section>`;
  }

  readonly #found = ({ detail }: CustomEvent<FoundServer>): void => {
    if (!detail.needs_key) {
      this.choice = { kind: 'found', server: detail };
      return;
    }
    // It wants a key first: the form asks for it.
    this.choice = undefined;
    this.other = true;
    void this.updateComplete.then(() => this.form?.choose(detail.preset));
  };

  readonly #added = ({ detail }: CustomEvent<Provider>): void => {
    if (detail.health.state === 'failing' || detail.models.total === 0) return;
    this.choice = { kind: 'added', provider: detail };
  };

  readonly #continue = async (): Promise<void> => {
    const { choice } = this;
    if (!choice || this.busy) return;
    if (choice.kind === 'guide') this.#done();
    else if (choice.kind === 'added') this.#done(choice.provider);
    else await this.#add(choice.server);
  };

  async #add({ name, endpoint, provider, total }: FoundServer): Promise<void> {
    if (provider !== null) {
      this.#tell(provider, endpoint, total);
      return;
    }
    this.busy = true;
    this.problem = '';
    try {
      const made = await saveProvider({ name, type: 'openai', endpoint }, undefined, this.#idempotencyKey);
      if (made.health.error) this.problem = faultText(made.health.error);
      else if (made.models.total > 0) this.#done(made);
      else {
        this.problem = t('providers.dialog.no_models');
        this.choice = { kind: 'added', provider: made };
      }
    } catch (error) {
      this.problem = errorText(error, 'providers');
    }
    this.busy = false;
  }

  #done(provider?: Provider): void {
    if (provider) this.#tell(provider.name, provider.endpoint, provider.models.total);
    else this.dispatchEvent(new CustomEvent('k-done', { bubbles: true, composed: true }));
  }

  /** Through the boundary around contributed elements. */
  #tell(provider: string, endpoint: string, models: number): void {
    const detail = { provider, host: hostOf(endpoint), local: placeOf(endpoint) !== 'cloud', models };
    this.dispatchEvent(new CustomEvent('k-done', { detail, bubbles: true, composed: true }));
  }
}

define('m-providers-first', ProvidersFirst);
