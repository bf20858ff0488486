import { chooseWorkspace, define, errorText, fieldTexts, loadSession, randomId, session, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import '@modulon/kit/button';
import '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';

import { createWorkspace, renameWorkspace } from '../../api.js';

/** The dialog that names a workspace: a new one, which is then opened, or the present one. Fires `k-close`. */
export class WorkspacesNameDialog extends LitElement {
  static override styles = [
    base,
    css`
      form {
        display: grid;
        gap: var(--s4);
        grid-template-columns: minmax(0, 1fr);
      }
    `,
  ];

  @property() mode: 'create' | 'rename' = 'create';
  @state() private busy = false;
  @state() private problem = '';
  @state() private wrong = '';
  @query('form') private readonly form!: HTMLFormElement;

  readonly #idempotencyKey = randomId();

  override render(): TemplateResult {
    const { mode } = this;
    const text = mode === 'create' ? t('workspaces.dialog.create_about') : '';
    const name = mode === 'rename' ? (session.value?.workspace.name ?? '') : '';
    return html`<k-dialog open heading=${t(`workspaces.dialog.${mode}`)} text=${text} @k-close=${this.#close}>
      <form @submit=${this.#submit} novalidate>
        <k-field autofocus label=${t('workspaces.dialog.name')} name="name" maxlength="100" value=${name} .error=${this.wrong}></k-field>
        ${this.problem ? html`<k-banner tone="bad" role="alert">${this.problem}</k-banner>` : nothing}
      </form>
      <k-button slot="footer" variant="quiet" @click=${this.#close}>${t('workspaces.dialog.cancel')}</k-button>
      <k-button
        slot="footer"
        variant="primary"
        ?loading=${this.busy}
        @click=${(): void => {
          this.form.requestSubmit();
        }}
        >${t(`workspaces.dialog.${mode}_submit`)}</k-button
      >
    </k-dialog>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const name = (new FormData(this.form).get('name') as string).trim();
    this.problem = '';
    this.wrong = name === '' ? t('workspaces.dialog.missing') : '';
    if (this.busy || this.wrong) return;
    this.busy = true;
    try {
      await (this.mode === 'create' ? this.#create(name) : this.#rename(name));
    } catch (error) {
      this.wrong = fieldTexts(error, ['name'], 'workspaces')['name'] ?? '';
      if (!this.wrong) this.problem = errorText(error, 'workspaces');
    }
    this.busy = false;
  };

  async #create(name: string): Promise<void> {
    const { id } = await createWorkspace(name, this.#idempotencyKey);
    chooseWorkspace(id);
  }

  async #rename(name: string): Promise<void> {
    await renameWorkspace(session.value?.workspace.id ?? '', name);
    await loadSession();
    toast(t('workspaces.renamed'), { tone: 'ok' });
    this.#close();
  }

  readonly #close = (): void => {
    this.dispatchEvent(new CustomEvent('k-close'));
  };
}

define('m-workspaces-name-dialog', WorkspacesNameDialog);
