import { chooseWorkspace, define, session, t, Watch } from '@modulon/sdk';
import { icon } from '@modulon/kit/icon';
import { lookAlikesText } from '@modulon/kit/look-alikes';
import '@modulon/kit/logo';
import '@modulon/kit/menu';
import type { MenuEntry } from '@modulon/kit/menu';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';

import { listWorkspaces, type WorkspaceRead } from '../../api.js';
import { dialog } from '../../dialog-state.js';
import '../name-dialog/name-dialog.js';

/** At the top of the sidebar: in which workspace one is, and a menu to change it. */
export class WorkspacesSwitcher extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex: 1;
        min-inline-size: 0;
      }
      k-menu {
        flex: 1;
        min-inline-size: 0;
      }
      button {
        flex: 1;
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-inline-size: 0;
        block-size: var(--ctl);
        padding-inline: 0.375rem;
        border-radius: var(--r-md);
        font-weight: 600;
        letter-spacing: -0.006em;
        white-space: nowrap;
      }
      button:hover {
        background: var(--hover);
      }
      .workspace {
        color: var(--text-3);
        font-weight: 450;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      button:hover .workspace {
        color: var(--text-2);
      }
      button > svg {
        color: var(--text-3);
      }
    `,
  ];

  @property({ type: Boolean }) folded = false;
  @state() private workspaces: readonly WorkspaceRead[] | undefined;
  @state() private failed = false;
  @state() private open = false;

  readonly #session = new Watch(this, session);
  readonly #dialog = new Watch(this, dialog);

  override render(): TemplateResult {
    const name = spoken(this.#session.value?.workspace.name ?? '');
    const mode = this.#dialog.value;
    return html`<k-menu .items=${this.#items()} @k-open=${this.#opened} @k-close=${this.#closed}>
        <button slot="trigger" aria-haspopup="menu" aria-expanded=${String(this.open)} aria-label=${t('workspaces.switch', { name })} aria-description=${lookAlikesText(name) || nothing}>
          <k-logo></k-logo><span>Modulon</span><span class="workspace">/ ${name}</span><k-look-alikes name=${name}></k-look-alikes>${icon('chevrons-up-down', 'xs')}
        </button>
      </k-menu>
      ${mode === '' ? nothing : html`<m-workspaces-name-dialog mode=${mode} @k-close=${this.#leave}></m-workspaces-name-dialog>`}`;
  }

  #items(): MenuEntry[] {
    const now = this.#session.value?.workspace.id;
    const own = this.workspaces?.find((one) => one.id === now);
    return [
      { heading: t('workspaces.title') },
      ...this.#choices(now),
      '-',
      { id: 'create', icon: 'plus', label: t('workspaces.create'), run: () => dialog.set('create') },
      ...(own?.role === 'manager' ? [{ id: 'rename', icon: 'pencil', label: t('workspaces.rename'), run: () => dialog.set('rename') }] : []),
    ];
  }

  #choices(now: string | undefined): MenuEntry[] {
    if (!this.workspaces) {
      const label = t(this.failed ? 'workspaces.failed' : 'workspaces.loading');
      return [{ id: 'wait', label, disabled: true, run: () => undefined }];
    }
    return this.workspaces.map(({ id, name, personal }) => ({
      id,
      label: personal ? spoken(name) : name,
      note: personal && name !== UNNAMED ? t('workspaces.personal') : '',
      checked: id === now,
      run: () => {
        if (id !== now) chooseWorkspace(id);
      },
    }));
  }

  readonly #opened = async (): Promise<void> => {
    this.open = true;
    this.failed = false;
    try {
      this.workspaces = (await listWorkspaces()).items;
    } catch {
      this.failed = true;
    }
  };

  readonly #closed = (): void => {
    this.open = false;
  };

  readonly #leave = (): void => {
    dialog.set('');
  };
}

/** What the server calls a person's own workspace until it is renamed. */
const UNNAMED = 'Personal';

function spoken(name: string): string {
  return name === UNNAMED ? t('workspaces.personal') : name;
}

define('m-workspaces-switcher', WorkspacesSwitcher);
