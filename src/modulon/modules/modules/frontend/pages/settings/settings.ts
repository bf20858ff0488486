import { define, errorText, fieldTexts, formatDate, formatNumber, locale, pageState, setPageTitle, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/chip';
import '@modulon/kit/empty-state';
import '@modulon/kit/field';
import type { KField } from '@modulon/kit/field';
import '@modulon/kit/header';
import '@modulon/kit/select';
import type { KSelect } from '@modulon/kit/select';
import '@modulon/kit/skeleton';
import { base, page, settingsPage } from '@modulon/kit/styles';
import '@modulon/kit/switch';
import type { KSwitch } from '@modulon/kit/switch';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';

import { changeSettings, readModule, readSettings, settingHistory, type ModuleRead, type SettingChange, type SettingRead } from '../../api.js';
import { aboutOf, found, kindOf, labelOf, read, schemaOf, shown, type SettingWords } from '../../settings.js';
import { styles } from './settings.styles.js';

/** From so many settings on they can be searched. */
const SEARCHED = 6;

/** Settings of one module for the whole system: a form made from what the module declares. For administrators. */
export class ModulesSettings extends LitElement {
  static override styles = [base, page, settingsPage, styles];

  @property({ attribute: false }) params: Record<string, string> = {};

  @state() private about: ModuleRead | undefined;
  @state() private items: readonly SettingRead[] | undefined;
  @state() private history: readonly SettingChange[] = [];
  @state() private words: SettingWords = {};
  /** What was typed and is not saved yet, as text; a secret or a value to take back stands as `null`. */
  @state() private drafts: ReadonlyMap<string, string | null> = new Map();
  @state() private wrong: Record<string, string> = {};
  @state() private problem = '';
  @state() private busy = false;
  @state() private query = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('params')) void this.#load();
  }

  override render(): TemplateResult {
    const name = this.about?.name ?? '';
    return html`<k-header lined heading=${name} crumb=${t('modules.title')} crumb-href="/settings/modules" sub=${t('modules.settings.sub')}></k-header>
      <div class="page"><div class="narrow">${this.#content()}</div></div>`;
  }

  #content(): TemplateResult {
    if (!this.items) {
      if (!this.problem) return html`<div class="box"><k-skeleton rows lines="5"></k-skeleton></div>`;
      return html`<k-banner tone="bad" role="alert" heading=${t('modules.settings.load_failed')}>
        ${this.problem}<k-button slot="action" size="sm" variant="line" @click=${this.#load}>${t('modules.retry')}</k-button>
      </k-banner>`;
    }
    const shownItems = this.items.filter((one) => found(one, this.words, this.query));
    return html`<form @submit=${this.#save} novalidate>
      ${this.items.length > SEARCHED ? this.#search() : nothing}
      ${this.problem ? html`<k-banner tone="bad" role="alert" heading=${t('modules.settings.not_saved')}>${this.problem}</k-banner>` : nothing}
      <div class="box">
        ${shownItems.length === 0
          ? html`<k-empty-state icon="search" heading=${t('modules.no_match', { query: this.query.trim() })}></k-empty-state>`
          : repeat(shownItems, (one) => one.key, (one) => this.#line(one))}
      </div>
      <div class="save" ?hidden=${this.drafts.size === 0}>
        <span>${t('modules.settings.unsaved', { n: this.drafts.size })}</span>
        <k-button variant="line" ?disabled=${this.busy} @click=${this.#discard}>${t('modules.settings.discard')}</k-button>
        <k-button type="submit" variant="primary" ?loading=${this.busy}>${t('modules.settings.save')}</k-button>
      </div>
      ${this.#past()}
    </form>`;
  }

  #search(): TemplateResult {
    return html`<k-field
      class="find"
      compact
      label-hidden
      icon="search"
      type="search"
      label=${t('modules.settings.find')}
      placeholder=${t('modules.settings.find')}
      @input=${(event: Event): void => {
        event.stopPropagation();
        this.query = (event.currentTarget as KField).value;
      }}
    ></k-field>`;
  }

  #line(setting: SettingRead): TemplateResult {
    const draft = this.drafts.get(setting.key);
    const own = draft === undefined ? setting.own : draft !== null;
    const wrong = this.wrong[setting.key];
    return html`<div class="line ${own ? 'own' : ''}">
      <span class="two">
        <b>${labelOf(setting, this.words)}${own ? html`<i class="mark" title=${t('modules.settings.changed')}></i>` : nothing}</b>
        <small>${aboutOf(setting, this.words)} ${this.#range(setting)}</small>
        ${wrong === undefined ? nothing : html`<small class="wrong" role="alert">${wrong}</small>`}
      </span>
      <span class="value">
        ${this.#box(setting, draft)}
        ${own
          ? html`<k-button size="sm" variant="quiet" @click=${(): void => this.#draft(setting, null)}>
              ${setting.secret ? t('modules.settings.remove') : t('modules.settings.default', { value: this.#said(schemaOf(setting).default) })}
            </k-button>`
          : nothing}
      </span>
    </div>`;
  }

  #range(setting: SettingRead): string {
    const { minimum, maximum } = schemaOf(setting);
    if (minimum === undefined || maximum === undefined) return '';
    return t('modules.settings.range', { least: formatNumber(minimum), most: formatNumber(maximum) });
  }

  #box(setting: SettingRead, draft: string | null | undefined): TemplateResult {
    const label = labelOf(setting, this.words);
    const base = draft === null ? schemaOf(setting).default : setting.value;
    const text = draft ?? shown(base);
    const typed = (event: Event): void => this.#draft(setting, (event.currentTarget as KField).value);
    switch (kindOf(setting)) {
      case 'switch':
        return html`<k-switch
          label=${label}
          ?checked=${text === 'true'}
          @change=${(event: Event): void => this.#draft(setting, String((event.currentTarget as KSwitch).checked))}
        ></k-switch>`;
      case 'choice':
        return html`<k-select
          compact
          label-hidden
          label=${label}
          .options=${(schemaOf(setting).enum ?? []).map((one) => ({ value: String(one), label: String(one) }))}
          value=${text}
          @change=${(event: Event): void => this.#draft(setting, (event.currentTarget as KSelect).value)}
        ></k-select>`;
      case 'secret':
        return html`<k-field
          compact
          label-hidden
          type="password"
          autocomplete="new-password"
          label=${label}
          placeholder=${setting.own && draft === undefined ? t('modules.settings.secret_set') : ''}
          .value=${draft ?? ''}
          @input=${typed}
        ></k-field>`;
      case 'number':
        return html`<k-field compact label-hidden inputmode="decimal" class="short" label=${label} .value=${text} @input=${typed}></k-field>`;
      default:
        return html`<k-field compact label-hidden ?mono=${kindOf(setting) === 'json'} label=${label} .value=${text} @input=${typed}></k-field>`;
    }
  }

  #past(): TemplateResult | typeof nothing {
    if (this.history.length === 0) return nothing;
    return html`<details class="past">
      <summary>${t('modules.settings.history', { n: this.history.length })}</summary>
      <ul>
        ${this.history.map((one) => {
          const setting = this.items?.find(({ key }) => key === one.key);
          const label = setting ? labelOf(setting, this.words) : one.key;
          const said = (value: unknown): string =>
            setting?.secret === true ? t('modules.settings.hidden') : value === null ? t('modules.settings.unset') : this.#said(value);
          return html`<li>
            <b>${label}</b><span>${said(one.old)} <span aria-hidden="true">→</span><span class="sr">${t('modules.settings.to')}</span> ${said(one.new)}</span>
            <small>${one.changed_by_name ?? t('modules.settings.system')} · ${formatDate(one.changed_at)}</small>
          </li>`;
        })}
      </ul>
    </details>`;
  }

  /** A value in words. */
  #said(value: unknown): string {
    if (typeof value === 'boolean') return t(value ? 'modules.settings.on' : 'modules.settings.off');
    if (typeof value === 'number') return formatNumber(value);
    return shown(value);
  }

  #draft(setting: SettingRead, text: string | null): void {
    const drafts = new Map(this.drafts);
    const same = text === null ? !setting.own : setting.secret ? text === '' : text === shown(setting.value) && setting.own;
    if (same) drafts.delete(setting.key);
    else drafts.set(setting.key, text);
    this.drafts = drafts;
    this.wrong = Object.fromEntries(Object.entries(this.wrong).filter(([key]) => key !== setting.key));
  }

  readonly #discard = (): void => {
    this.drafts = new Map();
    this.wrong = {};
    this.problem = '';
  };

  readonly #save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy || !this.items) return;
    const values: Record<string, unknown> = {};
    const wrong: Record<string, string> = {};
    for (const setting of this.items) {
      const draft = this.drafts.get(setting.key);
      if (draft === undefined) continue;
      const meant = draft === null ? { value: null } : read(setting, draft);
      if (meant) values[setting.key] = meant.value;
      else wrong[setting.key] = t(kindOf(setting) === 'number' ? 'modules.settings.no_number' : 'modules.settings.no_json');
    }
    this.wrong = wrong;
    this.problem = '';
    if (Object.keys(wrong).length > 0) return;
    this.busy = true;
    try {
      this.items = await changeSettings(this.#id, values);
      this.drafts = new Map();
      toast(t('modules.settings.saved'));
      this.history = await settingHistory(this.#id);
    } catch (error) {
      this.wrong = fieldTexts(error, Object.keys(values), 'modules');
      this.problem = errorText(error, 'modules');
    } finally {
      this.busy = false;
    }
  };

  get #id(): string {
    return this.params.id ?? '';
  }

  readonly #load = async (): Promise<void> => {
    const id = this.#id;
    this.#discard();
    this.items = undefined;
    try {
      const [about, items, history, words] = await Promise.all([readModule(id), readSettings(id), settingHistory(id), wordsOf(id)]);
      if (id !== this.#id) return;
      this.about = about;
      this.history = history;
      this.words = words;
      this.items = items;
      setPageTitle(t('modules.settings.title', { name: about.name }));
    } catch (error) {
      this.problem = errorText(error, 'modules');
    }
  };
}

/** What the module's own catalogue says of its settings; English stands in what it declares. */
async function wordsOf(id: string): Promise<SettingWords> {
  const url = locale() === 'en' ? undefined : pageState.modules.find((one) => one.id === id)?.locales[locale()];
  if (url === undefined) return {};
  try {
    const response = await fetch(url, { credentials: 'same-origin' });
    const { settings = {} } = response.ok ? ((await response.json()) as { settings?: SettingWords }) : {};
    return settings;
  } catch {
    return {};
  }
}

define('m-modules-settings', ModulesSettings);
