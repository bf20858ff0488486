import {
  changePreferences, commands, confirm, defaultKey, define, errorText, keyLabel, preferences, pressedKeys, sameKeys, t, toast, Watch,
  type Command, type Preferences,
} from '@modulon/sdk';
import '@modulon/kit/button';
import '@modulon/kit/icon-button';
import '@modulon/kit/kbd';
import '@modulon/kit/switch';
import { base, page, settingsPage } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';

/** Every command with its shortcut: another one is pressed, none is chosen, or the first one comes back. */
export class AccountsShortcuts extends LitElement {
  static override styles = [
    base,
    page,
    settingsPage,
    css`
      :host {
        display: block;
      }
      .line {
        min-block-size: 3rem;
        padding-block: 0.375rem;
      }
      .line {
        flex-wrap: nowrap;
        gap: var(--s2);
      }
      .line .two {
        flex-basis: 0;
      }
      .line .two b {
        white-space: normal;
      }
      .line k-kbd {
        flex: none;
      }
      .listening {
        color: var(--accent-text);
        font-size: var(--t-sm);
      }
      h3 {
        font-size: var(--t-xs);
        font-weight: 550;
        color: var(--text-3);
        padding: 0.75rem var(--s4) 0.25rem;
      }
      h3:not(:first-child) {
        border-block-start: 1px solid var(--line);
      }
      .end {
        display: flex;
        justify-content: flex-end;
        margin-block-start: var(--s3);
      }
    `,
  ];

  @state() private listening = '';

  readonly #commands = new Watch(this, commands);
  readonly #preferences = new Watch(this, preferences);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override render(): TemplateResult {
    const { shortcuts_on: on, shortcuts } = this.#preferences.value;
    return html`<div class="box">
        <div class="line">
          <span class="two"><b>${t('accounts.shortcuts.on')}</b><small>${t('accounts.shortcuts.on_about')}</small></span>
          <k-switch
            label=${t('accounts.shortcuts.on')}
            ?checked=${on}
            @change=${(): void => void this.#change({ shortcuts_on: !on })}
          ></k-switch>
        </div>
        ${on ? this.#groups() : nothing}
      </div>
      ${on && Object.keys(shortcuts).length > 0
        ? html`<div class="end"><k-button variant="line" icon="rotate-ccw" @click=${this.#resetAll}>${t('accounts.shortcuts.reset_all')}</k-button></div>`
        : nothing}`;
  }

  #groups(): TemplateResult[] {
    const groups = new Map<string, Command[]>();
    for (const command of this.#commands.value) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
    return [...groups].map(([group, all]) => html`<h3>${group}</h3>${all.map((command) => this.#row(command))}`);
  }

  #row(command: Command): TemplateResult {
    const { id, title, key } = command;
    const changed = id in this.#preferences.value.shortcuts;
    const listening = this.listening === id;
    return html`<div class="line">
      <span class="two"><b>${title}</b></span>
      ${listening ? html`<span class="listening" role="status">${t('accounts.shortcuts.press')}</span>` : key ? html`<k-kbd>${keyLabel(key)}</k-kbd>` : nothing}
      ${changed ? this.#act('reset', 'rotate-ccw', title, () => this.#bind(id, defaultKey(id))) : nothing}
      ${key && !listening ? this.#act('none', 'x', title, () => this.#bind(id, '')) : nothing}
      <k-button
        size="sm"
        variant="line"
        ?pressed=${listening}
        label=${t('accounts.shortcuts.change_label', { title })}
        @click=${(): void => {
          if (listening) this.#stop();
          else this.#listen(id);
        }}
        >${t(listening ? 'accounts.keys.cancel' : 'accounts.shortcuts.change')}</k-button
      >
    </div>`;
  }

  #act(name: string, sign: string, title: string, run: () => Promise<void>): TemplateResult {
    return html`<k-icon-button
      size="sm"
      icon=${sign}
      label=${t(`accounts.shortcuts.${name}_label`, { title })}
      @click=${(): void => void run()}
    ></k-icon-button>`;
  }

  #listen(id: string): void {
    this.#stop();
    this.listening = id;
    // Before everything else: what is pressed now shall run nothing.
    document.addEventListener('keydown', this.#pressed, { capture: true });
  }

  #stop(): void {
    this.listening = '';
    document.removeEventListener('keydown', this.#pressed, { capture: true });
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    // The keyboard alone can always leave again.
    if (event.key === 'Tab') {
      this.#stop();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const id = this.listening;
    if (event.key === 'Escape') {
      this.#stop();
      return;
    }
    const pressed = pressedKeys(event);
    if (!pressed) return;
    if (pressed.alone) {
      toast(t('accounts.shortcuts.alone'), { tone: 'bad' });
      return;
    }
    this.#stop();
    void this.#take(id, pressed.keys);
  };

  /** Gives the keys to a command, and takes them from another one if the person agrees. */
  async #take(id: string, keys: string): Promise<void> {
    const other = this.#commands.value.find((command) => command.id !== id && sameKeys(command.key, keys));
    if (other) {
      const agreed = await confirm({
        title: t('accounts.shortcuts.taken', { keys: keyLabel(keys) }),
        text: t('accounts.shortcuts.taken_text', { title: other.title }),
        confirm: t('accounts.shortcuts.take'),
      });
      if (!agreed) return;
    }
    await this.#bind(id, keys, other?.id);
  }

  async #bind(id: string, keys: string, without = ''): Promise<void> {
    const shortcuts = { ...this.#preferences.value.shortcuts, ...(without ? { [without]: '' } : {}), [id]: keys };
    const own = Object.entries(shortcuts).filter(([command, chosen]) => chosen !== defaultKey(command));
    await this.#change({ shortcuts: Object.fromEntries(own) });
  }

  readonly #resetAll = (): void => void this.#change({ shortcuts: {} });

  async #change(change: Partial<Preferences>): Promise<void> {
    try {
      await changePreferences(change);
    } catch (error) {
      toast(errorText(error, 'accounts'), { tone: 'bad' });
    }
  }
}

define('m-accounts-shortcuts', AccountsShortcuts);
