import { announce, define, errorText, formatDuration, t } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/state';
import { base, page } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { probe, type FoundServer } from '../../api.js';
import { hostOf } from '../../place.js';
import { choice } from '../choice.styles.js';

/** Looks for servers on this machine when told to, and lists them. Fires `k-choose` (detail: the server). */
export class ProvidersFound extends LitElement {
  static override styles = [base, page, choice];

  /** How many ports a look asks. */
  @property({ type: Number }) ports = 0;
  /** The address of the one that is chosen. */
  @property() chosen = '';

  @state() private busy = false;
  @state() private problem = '';
  @state() private asked = 0;
  @state() private found: readonly FoundServer[] | undefined;

  override render(): TemplateResult {
    const { found } = this;
    const about = found ? t('providers.found.asked', { n: this.asked }) : t('providers.first.local_about');
    return html`<section class="box" aria-labelledby="h">
      <h3 id="h">${icon('server', 's')}${t(found && found.length > 0 ? 'providers.found.title' : 'providers.first.local')}<small>${about}</small></h3>
      ${found?.map((server) => this.#server(server))} ${found && found.length > 0 ? nothing : this.#look(found !== undefined)}
    </section>`;
  }

  #look(again: boolean): TemplateResult {
    return html`<div class="in">
      ${this.problem ? html`<k-banner tone="bad" role="alert">${this.problem}</k-banner>` : nothing}
      <div class="line">
        <p class="say">${again ? t('providers.found.none') : t('providers.found.about', { n: this.ports })}</p>
        <k-button variant="line" icon="radar" ?loading=${this.busy} @click=${this.#probe}>${t(again ? 'providers.found.again' : 'providers.found.look')}</k-button>
      </div>
    </div>`;
  }

  #server(server: FoundServer): TemplateResult {
    const { endpoint, models, total, needs_key } = server;
    const more = total > models.length ? ` ${t('providers.found.more', { n: total - models.length })}` : '';
    const told = needs_key ? t('providers.found.needs_key') : models.join(', ') || t('providers.found.no_models');
    const on = this.chosen === endpoint;
    return html`<label class=${on ? 'on' : ''}>
      <input
        type="radio"
        name="found"
        .checked=${on}
        @change=${(): void => {
          this.dispatchEvent(new CustomEvent('k-choose', { detail: server }));
        }}
      />
      <span class="two"><b>${server.name}</b><small>${hostOf(endpoint)} · ${told}${more}</small></span>
      <k-state tone=${needs_key ? 'warn' : 'ok'}>${needs_key ? t('providers.found.locked') : formatDuration(server.latency_ms)}</k-state>
    </label>`;
  }

  readonly #probe = async (): Promise<void> => {
    this.busy = true;
    this.problem = '';
    try {
      const { asked, found } = await probe();
      this.asked = asked.length;
      this.found = found;
      announce(found.length > 0 ? t('providers.found.told', { n: found.length }) : t('providers.found.none'));
      const first = found.find((one) => one.total > 0);
      if (first) this.dispatchEvent(new CustomEvent('k-choose', { detail: first }));
    } catch (error) {
      this.problem = errorText(error, 'providers');
    }
    this.busy = false;
  };
}

define('m-providers-found', ProvidersFound);
