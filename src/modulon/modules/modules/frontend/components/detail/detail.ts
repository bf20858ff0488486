import { define, formatDate, formatDuration, formatNumber, session, t, Watch } from '@modulon/sdk';
import '@modulon/kit/state';
import { base, page } from '@modulon/kit/styles';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

import type { ModuleRead, Observed } from '../../api.js';
import { isTrusted } from '../../rules.js';
import { stateTone } from '../../tones.js';
import '../needs/needs.js';
import { styles } from './detail.styles.js';

/** `9 ms`; of less than one, that it is less. */
export function loadTime(milliseconds: number): string {
  return milliseconds < 1 ? t('modules.under', { time: formatDuration(1) }) : formatDuration(milliseconds);
}

/** All there is to know of one module, below its row. */
export class ModulesDetail extends LitElement {
  static override styles = [base, page, styles];

  @property({ attribute: false }) module!: ModuleRead;
  @property({ attribute: false }) modules: readonly ModuleRead[] = [];

  readonly #session = new Watch(this, session);

  override render(): TemplateResult {
    const { description, author, type, switchable } = this.module;
    return html`<p class="about"><bdi>${description}</bdi></p>
      <p class="quiet">${t('modules.by', { author, type: t(`modules.type.${type}`) })}${switchable ? nothing : html` ${t('modules.core_about')}`}</p>
      <div class="parts">
        <m-modules-needs .module=${this.module} .modules=${this.modules}></m-modules-needs>
        ${this.#permissions()} ${this.#own()} ${this.#processes()}
      </div>
      <p class="quiet changed">${this.#changed()}</p>`;
  }

  #permissions(): TemplateResult {
    const { permissions } = this.module;
    if (isTrusted(this.module)) return this.#section('permissions', html`<p class="quiet">${t('modules.trusted_about')}</p>`);
    if (permissions.length === 0) return this.#section('permissions', html`<p class="quiet">${t('modules.permissions_none')}</p>`);
    const lines = permissions.map(({ name, reason }) => html`<li><code dir="ltr">${name}</code><bdi>${reason}</bdi></li>`);
    return this.#section('permissions', html`<ul class="permissions">${lines}</ul>`);
  }

  #own(): TemplateResult {
    const { tables, paths, listens_to, emits } = this.module;
    const lists = Object.entries({ tables, paths, listens_to, emits }).filter(([, names]) => names.length > 0);
    if (lists.length === 0) return this.#section('own', html`<p class="quiet">${t('modules.own_nothing')}</p>`);
    return this.#section(
      'own',
      html`<dl>
        ${lists.map(
          ([key, names]) => html`<div><dt>${t(`modules.${key}`)}</dt><dd>${names.map((name) => html`<code dir="ltr">${name}</code>`)}</dd></div>`,
        )}
      </dl>`,
    );
  }

  #processes(): TemplateResult {
    const { observed } = this.module;
    if (observed.length === 0) return this.#section('processes', html`<p class="quiet">${t('modules.processes_none')}</p>`);
    const head = ['process', 'state', 'version', 'load', 'requests', 'errors', 'p95'].map(
      (key, at) => html`<th scope="col" class="${at > 2 ? 'num' : ''} ${key}">${t(`modules.head.${key}`)}</th>`,
    );
    return this.#section(
      'processes',
      html`<div class="scroll" tabindex="0" role="group" aria-label=${t('modules.processes')}><table><thead><tr>${head}</tr></thead><tbody>${observed.map((one) => this.#process(one))}</tbody></table></div>`,
    );
  }

  #process({ node, pid, state, version, load_ms, requests, errors, p95_ms }: Observed): TemplateResult {
    return html`<tr>
      <td><bdi dir="ltr">${node} ${pid}</bdi></td>
      <td><k-state tone=${stateTone(state)}>${t(`modules.state.${state}`)}</k-state></td>
      <td class="version"><bdi dir="ltr">${version}</bdi></td>
      <td class="num">${loadTime(load_ms)}</td>
      <td class="num">${formatNumber(requests)}</td>
      <td class="num ${errors > 0 ? 'bad' : ''}">${formatNumber(errors)}</td>
      <td class="num p95">${requests === 0 ? '–' : loadTime(p95_ms)}</td>
    </tr>`;
  }

  #section(key: string, content: TemplateResult): TemplateResult {
    return html`<section><h2>${t(`modules.${key}`)}</h2>${content}</section>`;
  }

  #changed(): string {
    const { changed_at, changed_by, changed_by_name } = this.module;
    if (changed_at === null) return t('modules.changed_never');
    const when = formatDate(changed_at, 'full');
    if (changed_by !== null && changed_by === this.#session.value?.user.id) return t('modules.changed_you', { when });
    return changed_by_name === null ? t('modules.changed', { when }) : t('modules.changed_by', { when, name: changed_by_name });
  }
}

define('m-modules-detail', ModulesDetail);
