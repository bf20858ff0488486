import { session } from '@modulon/sdk';
import { expectAccessible, fakeServer, inside, mount, settled, useMessages } from '@modulon/sdk/testing';
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { dialog } from '../../dialog-state.js';
import en from '../../locales/en.json';
import './switcher.js';

useMessages('workspaces', en);

const own = { id: 'w1', name: 'Personal', personal: true, role: 'manager' };
const other = { id: 'w2', name: 'Research', personal: false, role: 'editor' };
const user = { id: 'u', email: 'a@b.c', name: 'Ada', admin: false };
const me = { user, workspace: own, connection: { encrypted: true } };

describe('the workspace switcher', () => {
  let server: ReturnType<typeof fakeServer>;

  beforeEach(() => {
    session.set(me);
    server = fakeServer({
      'GET /workspaces': { items: [own, other], next: null },
      'PATCH /workspaces/w1': { ...own, name: 'Home' },
      'GET /me': { ...me, workspace: { id: 'w1', name: 'Home' } },
    });
  });

  afterEach(() => {
    server.restore();
    session.set(undefined);
    dialog.set('');
  });

  it('says where one is and lists where one can go', async () => {
    const switcher = await mount(html`<m-workspaces-switcher></m-workspaces-switcher>`);
    expect(inside(switcher, '.workspace').textContent).toContain('Personal');
    inside<HTMLElement>(switcher, 'button').click();
    const menu = inside<HTMLElement>(switcher, 'k-menu');
    await vi.waitFor(() => {
      expect(inside(menu, '[aria-checked=true]').textContent).toContain('Personal');
    });
    await settled();
    expect(menu.shadowRoot?.textContent).toContain('Research');
    await expectAccessible();
  });

  it('renames the present one', async () => {
    const switcher = await mount(html`<m-workspaces-switcher></m-workspaces-switcher>`);
    dialog.set('rename');
    await vi.waitFor(() => {
      expect(inside<HTMLElement>(switcher, 'm-workspaces-name-dialog').shadowRoot?.activeElement?.localName).toBe('k-field');
    });
    await userEvent.keyboard('{Control>}a{/Control}Home{Enter}');
    await vi.waitFor(() => {
      expect(session.value?.workspace.name).toBe('Home');
    });
    expect(server.requests.find((one) => one.route === 'PATCH /workspaces/w1')?.body).toEqual({ name: 'Home' });
    await settled();
    expect(dialog.value).toBe('');
  });

  it('does not take an empty name', async () => {
    const switcher = await mount(html`<m-workspaces-switcher></m-workspaces-switcher>`);
    dialog.set('create');
    await settled();
    const named = inside<HTMLElement>(switcher, 'm-workspaces-name-dialog');
    inside<HTMLFormElement>(named, 'form').requestSubmit();
    await settled();
    expect(inside<HTMLElement & { error: string }>(named, 'k-field').error).not.toBe('');
    expect(server.requests).toEqual([]);
  });
});
