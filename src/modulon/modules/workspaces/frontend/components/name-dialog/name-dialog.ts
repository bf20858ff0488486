import { chooseWorkspace, define, loadSession, randomId, session, Submission, t, toast } from '@modulon/sdk';
import '@modulon/kit/banner';
import { formButtons } from '@modulon/kit/dialog';
import '@modulon/kit/field';
import { base } from '@modulon/kit/styles';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';

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

  readonly #sent = new Submission(this, { module: 'workspaces', fields: ['name'] });
  readonly #idempotencyKey = randomId();

  override render(): TemplateResult {
    const { mode } = this;
    const text = mode === 'create' ? t('workspaces.dialog.create_about') : '';
    const name = mode === 'rename' ? (session.value?.workspace.name ?? '') : '';
    return html`<k-dialog open heading=${t(`workspaces.dialog.${mode}`)} text=${text} @k-close=${this.#close}>
      <form @submit=${this.#submit} novalidate>
        <k-field autofocus label=${t('workspaces.dialog.name')} name="name" maxlength="100" value=${name} .error=${this.#sent.fields['name'] ?? ''}></k-field>
        ${this.#sent.problem ? html`<k-banner tone="bad" role="alert">${this.#sent.problem}</k-banner>` : nothing}
      </form>
      ${formButtons({ cancel: t('workspaces.dialog.cancel'), submit: t(`workspaces.dialog.${mode}_submit`) }, this.#sent.busy)}
    </k-dialog>`;
  }

  readonly #submit = (event: Event): Promise<void> =>
    this.#sent.send(event, async (data) => {
      const name = (data.get('name') as string).trim();
      if (name === '') this.#sent.refuse('', { name: t('workspaces.dialog.missing') });
      else await (this.mode === 'create' ? this.#create(name) : this.#rename(name));
    });

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
