import { html, LitElement, type TemplateResult } from 'lit';
import { beforeEach, expect, it, vi } from 'vitest';

import { ApiError } from '../core/api/problem.js';
import { mount } from '../tests/mount.js';
import { Submission } from './submission.js';

let work = vi.fn<(data: FormData) => unknown>();

class Form extends LitElement {
  readonly sent = new Submission(this, {
    module: 'acme',
    fields: ['name'],
    explain: ({ code }) => (code === 'acme.taken' ? { name: 'Taken.' } : undefined),
  });

  override render(): TemplateResult {
    return html`<form @submit=${(event: Event): unknown => this.sent.send(event, work)} novalidate>
      <input name="name" required value="x" /><p>${this.sent.busy ? 'busy' : `${this.sent.problem}|${this.sent.fields['name'] ?? ''}`}</p>
    </form>`;
  }
}
customElements.define('test-submission', Form);

const failed = (code: string, fields = {}): ApiError => new ApiError({ title: '', status: 422, detail: 'Not so.', code, fields });

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
  ['a field it names', failed('invalid', { '/name': 'Too long a name.' }), '|Too long a name.'],
  ['a field its code belongs to', failed('acme.taken'), '|Taken.'],
])('says what was wrong with %s, until it is sent again or opened anew', async (_, error, text) => {
  work.mockRejectedValueOnce(error);
  const { form, said, host } = await open();
  form.requestSubmit();
  await vi.waitFor(() => { expect(said()).toBe(text); });
  host.sent.refuse();
  await host.updateComplete;
  expect(said()).toBe('|');
});
