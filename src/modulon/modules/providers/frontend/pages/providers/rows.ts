import { faultText, formatDuration, formatRelative, hasMessage, t } from '@modulon/sdk';
import '@modulon/kit/avatar';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/icon-button';
import '@modulon/kit/look-alikes';
import '@modulon/kit/menu';
import type { MenuEntry } from '@modulon/kit/menu';
import '@modulon/kit/spinner';
import '@modulon/kit/state';
import { html, nothing, type TemplateResult } from 'lit';

import type { Provider } from '../../api.js';
import { hostOf, placeOf } from '../../place.js';

type Action = (provider: Provider) => unknown;

/** What can be done from a row. */
export type RowActions = Readonly<Record<'open' | 'edit' | 'key' | 'check' | 'refresh' | 'switch' | 'remove', Action>>;

/** The last part of an error's code: `providers.key_refused` is `key_refused`. */
function reason(provider: Provider): string {
  return provider.health.error?.code.split('.').at(-1) ?? 'failing';
}

function stateOf(provider: Provider, busy: boolean): TemplateResult {
  if (busy) return html`<k-spinner label=${t('providers.state.checking')}></k-spinner>`;
  if (!provider.enabled) return html`<k-state tone="off">${t('providers.state.off')}</k-state>`;
  if (provider.breaker.state !== 'closed') return html`<k-state tone="warn">${t('providers.state.paused')}</k-state>`;
  if (provider.health.state === 'failing') {
    const key = `providers.state.${reason(provider)}`;
    return html`<k-state tone="bad">${t(hasMessage(key) ? key : 'providers.state.failing')}</k-state>`;
  }
  const healthy = provider.health.state === 'healthy';
  return html`<k-state tone=${healthy ? 'ok' : 'plain'}>${t(`providers.state.${provider.health.state}`)}</k-state>`;
}

function menuOf(provider: Provider, actions: RowActions): MenuEntry[] {
  const item = (id: string, name: string, run: Action): MenuEntry => ({
    id,
    icon: name,
    label: t(`providers.menu.${id}`),
    run: () => run(provider),
  });
  const power = provider.enabled ? 'disable' : 'enable';
  return [
    item('check', 'activity', actions.check),
    item('refresh', 'refresh-cw', actions.refresh),
    '-',
    item('edit', 'pencil', actions.edit),
    item('key', 'key-round', actions.key),
    item(power, 'power', actions.switch),
    '-',
    { ...(item('delete', 'trash-2', actions.remove) as object), danger: true } as MenuEntry,
  ];
}

/** A provider's row: name and place, state, models, answer, key, menu. */
export function providerRow(provider: Provider, shown: { open: boolean; busy: boolean }, actions: RowActions): TemplateResult {
  const { name, endpoint, models, health, key_hint } = provider;
  const place = t(`providers.place.${placeOf(endpoint)}`);
  return html`<tr class=${shown.open ? 'open' : ''}>
    <td>
      <button class="name" aria-expanded=${String(shown.open)} @click=${(): unknown => actions.open(provider)}>
        ${icon(shown.open ? 'chevron-down' : 'chevron-right', 'xs')}
        <k-avatar square name=${name} ?off=${!provider.enabled}></k-avatar>
        <span class="two"><b>${name}<k-look-alikes name=${name}></k-look-alikes></b><small class="place">${place} · <bdi dir="ltr">${hostOf(endpoint)}</bdi></small></span>
      </button>
    </td>
    <td>${stateOf(provider, shown.busy)}</td>
    <td class="num wide">${models.total === 0 ? '–' : t('providers.models_on', models)}</td>
    <td class="num extra">${health.latency_ms === null ? '–' : formatDuration(health.latency_ms)}</td>
    <td class="key mono extra">${key_hint === null ? t('providers.no_key') : t('providers.key_hint', { hint: key_hint })}</td>
    <td class="act">
      <k-menu placement="bottom-end" .items=${menuOf(provider, actions)}>
        <k-icon-button slot="trigger" icon="ellipsis" label=${t('providers.actions', { name })}></k-icon-button>
      </k-menu>
    </td>
  </tr>`;
}

/** That a provider is left alone for a while, and the one next step. */
export function pausedRow(provider: Provider, busy: boolean, columns: number, actions: RowActions): TemplateResult {
  const { name, breaker } = provider;
  return html`<tr class="trouble">
    <td colspan=${columns}>
      <k-banner tone="warn" heading=${t('providers.paused', { name, n: breaker.failures })}>
        ${t(breaker.wait > 0 ? 'providers.paused_wait' : 'providers.paused_next', { time: formatDuration(breaker.wait * 1000) })}
        <k-button slot="action" size="sm" variant="line" ?loading=${busy} @click=${(): unknown => actions.check(provider)}>${t('providers.check_now')}</k-button>
      </k-banner>
    </td>
  </tr>`;
}

/** What is wrong with a provider, since when, and the one next step. */
export function troubleRow(provider: Provider, busy: boolean, columns: number, actions: RowActions): TemplateResult {
  const { name, health } = provider;
  const key = reason(provider) === 'key_refused';
  const heading = t(key ? 'providers.key_refused' : 'providers.failing', { name });
  const when = health.checked_at ? ` ${t('providers.since', { when: formatRelative(health.checked_at) })}` : '';
  return html`<tr class="trouble">
    <td colspan=${columns}>
      <k-banner tone="bad" heading=${heading}>
        ${health.error ? faultText(health.error) : nothing}${when}
        <span slot="action">
          <k-button size="sm" variant="line" ?loading=${busy} @click=${(): unknown => actions.check(provider)}>${t('providers.check_again')}</k-button>
          <k-button size="sm" variant="primary" @click=${(): unknown => (key ? actions.key : actions.edit)(provider)}>
            ${t(key ? 'providers.paste_key' : 'providers.edit_address')}
          </k-button>
        </span>
      </k-banner>
    </td>
  </tr>`;
}
