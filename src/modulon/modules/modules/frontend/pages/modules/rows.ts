import { navigate, t } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import { icon } from '@modulon/kit/icon';
import '@modulon/kit/icon-button';
import '@modulon/kit/menu';
import type { MenuEntry } from '@modulon/kit/menu';
import '@modulon/kit/spinner';
import '@modulon/kit/state';
import { html, nothing, type TemplateResult } from 'lit';

import type { ModuleRead } from '../../api.js';
import { loadTime } from '../../components/detail/detail.js';
import '../../components/traceback/traceback.js';
import { nameOf, whyNot } from '../../names.js';
import { isTrusted, missing, needsCare, tracebacks } from '../../rules.js';
import type { Refusal } from '../../state.js';
import { stateTone } from '../../tones.js';

type Act = (module: ModuleRead) => unknown;

/** What can be done from a row. */
export type RowActs = Readonly<Record<'open' | 'enable' | 'disable' | 'loadAgain', Act>>;

export interface Shown {
  open: boolean;
  busy: boolean;
}

function menuOf(module: ModuleRead, acts: RowActs): MenuEntry[] {
  const again: MenuEntry = { id: 'again', icon: 'refresh-cw', label: t('modules.load_again'), run: () => acts.loadAgain(module) };
  const settings: MenuEntry = { id: 'settings', icon: 'settings', label: t('modules.open_settings'), run: () => { navigate(`/settings/modules/${module.id}`); } };
  const own = module.scopes.includes('system') ? [settings] : [];
  if (!module.switchable) return [{ heading: t('modules.core') }, ...own, again];
  const name = module.enabled ? 'disable' : 'enable';
  const power: MenuEntry = { id: name, icon: 'power', label: t(`modules.${name}`), danger: module.enabled, run: () => acts[name](module) };
  return [...own, again, '-', power];
}

function stateOf(module: ModuleRead, busy: boolean): TemplateResult {
  if (busy) return html`<k-spinner label=${t('modules.busy')}></k-spinner>`;
  return html`<k-state tone=${stateTone(module.state)}>${t(`modules.state.${module.state}`)}</k-state>`;
}

function loadOf({ observed }: ModuleRead): string {
  const times = observed.filter((one) => one.state === 'running').map((one) => one.load_ms);
  return times.length === 0 ? '–' : loadTime(Math.max(...times));
}

function processesOf({ observed }: ModuleRead): string {
  const running = observed.filter((one) => one.state === 'running').length;
  return observed.length === 0 ? '–' : t('modules.processes_running', { running, n: observed.length });
}

/** A module's row: name, version and id, state, load time, processes, permissions, menu. */
export function moduleRow(module: ModuleRead, { open, busy }: Shown, acts: RowActs): TemplateResult {
  const { id, name, version, type, permissions } = module;
  const permitted = isTrusted(module) ? t('modules.trusted') : t('modules.permissions_n', { n: permissions.length });
  const sign = isTrusted(module) && module.icon ? module.icon : 'blocks';
  return html`<tr class=${open ? 'open' : ''}>
    <td>
      <button class="name" aria-expanded=${String(open)} @click=${(): unknown => acts.open(module)}>
        ${icon(open ? 'chevron-down' : 'chevron-right', 'xs')}
        <span class="sign ${type} ${module.enabled ? '' : 'off'}">${icon(sign, 's')}</span>
        <span class="two">
          <b>${name} <span class="version"><bdi dir="ltr">${version}</bdi></span></b>
          <small><bdi dir="ltr">${id}</bdi>${module.switchable ? nothing : html` · ${t('modules.core')}`}</small>
        </span>
      </button>
    </td>
    <td>${stateOf(module, busy)}</td>
    <td class="num extra">${loadOf(module)}</td>
    <td class="extra">${processesOf(module)}</td>
    <td class="wide">${permitted}</td>
    <td class="act">
      <k-menu placement="bottom-end" .items=${menuOf(module, acts)}>
        <k-icon-button slot="trigger" icon="ellipsis" label=${t('modules.actions', { name })} ?disabled=${busy}></k-icon-button>
      </k-menu>
    </td>
  </tr>`;
}

/** The modules from the one that cannot run to the cause, where that is another. */
function chainOf({ obstacle }: ModuleRead, modules: readonly ModuleRead[]): TemplateResult | typeof nothing {
  if (obstacle?.code !== 'dependency' && obstacle?.code !== 'cycle') return nothing;
  const steps = obstacle.chain.map((id, at) => html`<li>${at > 0 ? icon('arrow-right', 'xs') : nothing}<span dir="auto">${nameOf(modules, id)}</span></li>`);
  return html`<ol class="chain" aria-label=${t('modules.chain')}>${steps}</ol>`;
}

/** What the server says of an obstacle, where that says more than we do: it is English. */
function toldOf({ obstacle }: ModuleRead): TemplateResult | typeof nothing {
  if (!obstacle || !['manifest', 'api', 'owner', 'duplicate'].includes(obstacle.code)) return nothing;
  return html`<p class="told mono" lang="en" dir="ltr">${obstacle.reason}</p>`;
}

/** The sentence for what is wrong, and for something that lies further off, for its cause. */
function wrongOf(module: ModuleRead, modules: readonly ModuleRead[]): TemplateResult {
  const { name, state, obstacle } = module;
  if (!obstacle) return html`<b>${t(state === 'failed' ? 'modules.failed' : 'modules.old_code', { name })}</b> ${t(state === 'failed' ? 'modules.failed_about' : 'modules.old_code_about')}`;
  const cause = modules.find((one) => one.id === obstacle.chain.at(-1));
  const because = cause?.obstacle && cause.id !== module.id && obstacle.code === 'dependency' ? t('modules.why.cause', { name: cause.name, why: whyNot(cause, modules) }) : '';
  return html`<b>${t('modules.blocked', { name })}</b> ${whyNot(module, modules)} ${because}`;
}

export interface Trouble {
  busy: boolean;
  columns: number;
  modules: readonly ModuleRead[];
  refusal: Refusal | undefined;
}

/** The one next step, if it is this module's: what lies with another is done there. */
function stepOf(module: ModuleRead, { busy, modules }: Trouble, acts: RowActs): TemplateResult | typeof nothing {
  const behind = module.obstacle?.code === 'dependency';
  if (module.obstacle?.code === 'safe') return nothing;
  if (behind && !(module.enabled && missing(modules, module.id).length > 0)) return nothing;
  const [name, sign, act] = behind ? (['enable_needs', 'power', acts.enable] as const) : (['load_again', 'refresh-cw', acts.loadAgain] as const);
  return html`<div><k-button size="sm" variant="line" icon=${sign} ?loading=${busy} @click=${(): unknown => act(module)}>${t(`modules.${name}`)}</k-button></div>`;
}

/** What is wrong with a module, why, and what to do. */
export function troubleRow(module: ModuleRead, trouble: Trouble, acts: RowActs): TemplateResult {
  const { columns, modules, refusal } = trouble;
  return html`<tr class="trouble">
    <td colspan=${columns}>
      <div class="trouble-parts">
        ${refusal ? refusalOf(refusal) : nothing} ${needsCare(module) ? html`<p>${wrongOf(module, modules)}</p>` : nothing}
        ${chainOf(module, modules)} ${toldOf(module)}
        ${tracebacks(module).map(({ text, where }) => html`<m-modules-traceback .text=${text} .where=${where}></m-modules-traceback>`)}
        ${needsCare(module) ? stepOf(module, trouble, acts) : nothing}
      </div>
    </td>
  </tr>`;
}

function refusalOf({ text, told }: Refusal): TemplateResult {
  return html`<k-banner tone="warn" role="alert">${text}${told ? html` <span lang="en" dir="ltr">${told}</span>` : nothing}</k-banner>`;
}
