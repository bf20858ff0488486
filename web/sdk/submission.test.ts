import { html, LitElement, type TemplateResult } from 'lit';
import { beforeEach, expect, it, vi } from 'vitest';

import { ApiError } from '../core/api/problem.js';
import { addMessages } from '../core/i18n/index.js';
import { mount } from '../tests/mount.js';
import { Submission } from './submission.js';

let work = vi.fn<(data: FormData) => unknown>();

class Form extends LitElement {
  readonly sent = new Submission(this, {
    module: 'acme',
    fields: ['name'],
  });

  override render(): TemplateResult {
    return html`<form @submit=${(event: Event): unknown => this.sent.send(event, work)} novalidate>
      <input name="name" required value="x" /><p>${this.sent.busy ? 'busy' : `${this.sent.problem}|${this.sent.fields['name'] ?? ''}`}</p>
    </form>`;
  }
}
customElements.define('test-submission', Form);

const failed = (code: string, fields = {}): ApiError => new ApiError({ title: '', status: 422, detail: 'Not so.', code, fields });

const long = { code: 'value.long', detail: 'At most 80 characters are possible.', params: { maximum: 80 } };
addMessages('shell', { errors: { invalid: 'Nicht gültig.', 'value.long': 'Höchstens {maximum} Zeichen.' } });
addMessages('acme', { errors: { taken: 'Vergeben.' } });

async function open(): Promise<{ form: HTMLFormElement; said: () => string; host: Form }> {
  const host = await mount<Form>(html`<test-submission></test-submission>`);
  const form = host.renderRoot.querySelector('form')!;
  return { form, host, said: () => host.renderRoot.querySelector('p')!.textContent };
}

beforeEach(() => {
  work = vi.fn();
});

it('sends what is written, once at a time', async () => {
  const answer = Promise.withResolvers<undefined>();
  work.mockReturnValue(answer.promise);
  const { form, said, host } = await open();
  form.requestSubmit();
  form.requestSubmit();
  await host.updateComplete;
  expect(said()).toBe('busy');
  answer.resolve(undefined);
  await vi.waitFor(() => { expect(said()).toBe('|'); });
  expect(work.mock.calls.map(([data]) => data.get('name'))).toEqual(['x']);
});

it('sends nothing while a part is missing', async () => {
  const { form } = await open();
  form.querySelector('input')!.value = '';
  form.requestSubmit();
  expect(work).not.toHaveBeenCalled();
});

it.each([
  ['the whole', failed('acme.no'), 'Not so.|'],
  ['a field, in the words of its module', failed('acme.taken', { '/name': { code: 'acme.taken', detail: 'Not so.' } }), '|Vergeben.'],
  ['a field, in the words of all modules', failed('invalid', { '/name': long }), '|Höchstens 80 Zeichen.'],
  ['a field nobody has words for', failed('invalid', { '/name': { code: 'acme.odd', detail: 'Said by the server.' } }), '|Said by the server.'],
  ['a field that is not of the form', failed('invalid', { '/other': long }), 'Nicht gültig.|'],
])('says what was wrong with %s, until it is sent again or opened anew', async (_, error, text) => {
  work.mockRejectedValueOnce(error);
  const { form, said, host } = await open();
  form.requestSubmit();
  await vi.waitFor(() => { expect(said()).toBe(text); });
  host.sent.refuse();
  await host.updateComplete;
  expect(said()).toBe('|');
});
