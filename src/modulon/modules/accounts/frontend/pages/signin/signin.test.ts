import { session } from '@modulon/sdk';
import { expectAccessible, fakeServer, inside, mount, problem, settled } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import './signin.js';

const user = { id: 'u', email: 'ada@example.org', name: 'Ada', admin: true };
const me = { user, workspace: { id: 'w', name: 'Personal' }, connection: { encrypted: false } };

let restore = (): void => undefined;

async function signInWith(answer: object): Promise<{ page: HTMLElement; requests: { route: string; body: unknown }[] }> {
  const server = fakeServer({ 'POST /sessions': () => answer, 'GET /me': me });
  restore = server.restore;
  const page = await mount(html`<m-accounts-signin></m-accounts-signin>`);
  await userEvent.keyboard('ada@example.org{Tab}four-calm-paper-boats{Enter}');
  await vi.waitFor(() => {
    expect(inside<HTMLElement & { loading: boolean }>(page, 'k-button[type=submit]').loading).toBe(false);
  });
  await settled();
  return { page, requests: server.requests };
}

describe('signing in', () => {
  afterEach(() => {
    restore();
    session.set(undefined);
  });

  it('can be done by keyboard, from the first field that has the focus', async () => {
    const { requests } = await signInWith({ user });
    expect(requests.map((one) => one.route)).toEqual(['POST /sessions', 'GET /me']);
    expect(requests[0]?.body).toEqual({ email: 'ada@example.org', password: 'four-calm-paper-boats' });
    expect(session.value?.user.name).toBe('Ada');
  });

  it.each([
    [problem(401, 'identity.sign_in_failed', 'Wrong.', { params: { tries: 4, minutes: 15 } }), 'accounts.signin.wrong'],
    [problem(429, 'identity.sign_in_paused', 'Wait.', { params: { minutes: 15 } }), 'accounts.signin.paused'],
    [problem(403, 'identity.plain_http', 'Open it by https.'), 'accounts.signin.failed'],
  ])('says why it failed (%#)', async (answer, heading) => {
    const { page } = await signInWith(answer);
    const banner = inside<HTMLElement>(page, 'k-banner');
    expect([banner.getAttribute('heading'), banner.getAttribute('role')]).toEqual([heading, 'alert']);
    expect(page.shadowRoot?.activeElement).toBe(inside(page, 'k-field[name=password]'));
    await expectAccessible();
  });

  it('asks nothing of the server while a field is empty', async () => {
    const server = fakeServer({});
    restore = server.restore;
    const page = await mount(html`<m-accounts-signin></m-accounts-signin>`);
    inside<HTMLFormElement>(page, 'form').requestSubmit();
    await settled();
    expect(server.requests).toEqual([]);
  });
});
