import { changePreferences, define, errorText, languageName, languages, preferences, t, toast, Watch, type Preferences } from '@modulon/sdk';
import '@modulon/kit/header';
import '@modulon/kit/segmented';
import type { KSegmented, Segment } from '@modulon/kit/segmented';
import '@modulon/kit/select';
import type { KSelect } from '@modulon/kit/select';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { css, html, LitElement, type TemplateResult } from 'lit';

import '../../components/shortcuts/shortcuts.js';

/** Settings, preferences: look, language and shortcuts, kept for the person and applied at once everywhere. */
export class AccountsPreferences extends LitElement {
  static override styles = [
    base,
    page,
    settingsPage,
    css`
      k-select {
        inline-size: 14rem;
      }
    `,
  ];

  readonly #preferences = new Watch(this, preferences);

  override render(): TemplateResult {
    const { theme, density } = this.#preferences.value;
    const modes = segments({ system: 'sun-moon', light: 'sun', dark: 'moon' });
    return html`<k-header lined crumb=${t('shell.settings')} crumb-href="/settings" heading=${t('accounts.preferences.title')}></k-header>
      <div class="page">
        <div class="narrow">
          <section aria-labelledby="look">
            <div class="heading"><h2 id="look">${t('accounts.preferences.look')}</h2></div>
            <div class="box">
              ${this.#choice('theme', theme, modes)} ${this.#choice('density', density, segments({ comfortable: '', compact: '' }))}
              ${this.#language()}
            </div>
          </section>
          <section aria-labelledby="shortcuts">
            <div class="heading">
              <h2 id="shortcuts">${t('accounts.shortcuts.title')}</h2>
              <p>${t('accounts.shortcuts.about')}</p>
            </div>
            <m-accounts-shortcuts></m-accounts-shortcuts>
          </section>
        </div>
      </div>`;
  }

  #choice(key: 'theme' | 'density', value: string, options: Segment[]): TemplateResult {
    const label = t(`accounts.preferences.${key}`);
    return html`<div class="line">
      <span class="two"><b>${label}</b><small>${t(`accounts.preferences.${key}_about`)}</small></span>
      <k-segmented
        label=${label}
        value=${value}
        .segments=${options}
        @change=${(event: Event): void => void this.#change({ [key]: (event.target as KSegmented).value })}
      ></k-segmented>
    </div>`;
  }

  #language(): TemplateResult {
    const label = t('accounts.preferences.language');
    const options = [
      { value: '', label: t('accounts.preferences.language_browser') },
      ...languages().map((tag) => ({ value: tag, label: languageName(tag) })),
    ];
    return html`<div class="line">
      <span class="two"><b>${label}</b><small>${t('accounts.preferences.language_about')}</small></span>
      <k-select
        label=${label}
        label-hidden
        .options=${options}
        value=${this.#preferences.value.language}
        @change=${(event: Event): void => void this.#change({ language: (event.target as KSelect).value })}
      ></k-select>
    </div>`;
  }

  async #change(change: Partial<Preferences>): Promise<void> {
    try {
      await changePreferences(change);
    } catch (error) {
      toast(errorText(error, 'accounts'), { tone: 'bad' });
    }
  }
}

function segments(icons: Record<string, string>): Segment[] {
  return Object.entries(icons).map(([value, icon]) => ({ value, label: t(`accounts.preferences.${value}`), icon }));
}

define('m-accounts-preferences', AccountsPreferences);
