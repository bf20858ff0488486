import { define, setTheme, t, theme, Watch, type Theme } from '@modulon/sdk';
import '@modulon/kit/header';
import '@modulon/kit/segmented';
import type { KSegmented, Segment } from '@modulon/kit/segmented';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { html, LitElement, type TemplateResult } from 'lit';

/** Settings, appearance: theme and density, kept in this browser and applied at once. */
export class AccountsAppearance extends LitElement {
  static override styles = [base, page, settingsPage];

  readonly #theme = new Watch(this, theme);

  override render(): TemplateResult {
    const { mode, density } = this.#theme.value;
    const modes = segments({ system: 'sun-moon', light: 'sun', dark: 'moon' });
    return html`<k-header lined crumb=${t('shell.settings')} crumb-href="/settings" heading=${t('accounts.appearance.title')}></k-header>
      <div class="page">
        <div class="narrow box">
          ${this.#line('theme', mode, modes, (value) => {
            setTheme({ mode: value as Theme['mode'] });
          })}
          ${this.#line('density', density, segments({ comfortable: '', compact: '' }), (value) => {
            setTheme({ density: value as Theme['density'] });
          })}
        </div>
      </div>`;
  }

  #line(key: string, value: string, options: Segment[], choose: (value: string) => void): TemplateResult {
    const label = t(`accounts.appearance.${key}`);
    return html`<div class="line">
      <span class="two"><b>${label}</b><small>${t(`accounts.appearance.${key}_about`)}</small></span>
      <k-segmented
        label=${label}
        value=${value}
        .segments=${options}
        @change=${(event: Event): void => {
          choose((event.target as KSegmented).value);
        }}
      ></k-segmented>
    </div>`;
  }
}

function segments(icons: Record<string, string>): Segment[] {
  return Object.entries(icons).map(([value, icon]) => ({ value, label: t(`accounts.appearance.${value}`), icon }));
}

define('m-accounts-appearance', AccountsAppearance);
