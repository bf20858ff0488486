import { html } from 'lit';
import { describe, expect, it, vi } from 'vitest';

import { expectAccessible, inside, mount, settled } from '../../tests/mount.js';
import './index.js';
import type { KButton } from './index.js';

describe('k-button', () => {
  it('submits its form', async () => {
    const submitted = vi.fn((event: Event) => event.preventDefault());
    const form = await mount<HTMLFormElement>(html`<form @submit=${submitted}><k-button type="submit">Send</k-button></form>`);
    inside<HTMLButtonElement>(form.querySelector('k-button')!, 'button').click();
    expect(submitted).toHaveBeenCalledOnce();
  });

  it('does nothing while it is loading or off, and keeps the focus while loading', async () => {
    const clicked = vi.fn();
    const button = await mount<KButton>(html`<k-button loading @click=${clicked}>Send</k-button>`);
    const native = inside<HTMLButtonElement>(button, 'button');
    button.focus();
    native.click();
    expect([document.activeElement, native.ariaBusy]).toEqual([button, 'true']);
    Object.assign(button, { loading: false, disabled: true });
    await settled();
    native.click();
    expect(clicked).not.toHaveBeenCalled();
    button.disabled = false;
    await settled();
    native.click();
    expect(clicked).toHaveBeenCalledOnce();
  });

  it('is a link with an address', async () => {
    const button = await mount<KButton>(html`<k-button href="/x">Go</k-button>`);
    expect(inside<HTMLAnchorElement>(button, 'a').pathname).toBe('/x');
  });

  it('can be told apart in every kind', async () => {
    await mount(html`<div>
      ${(['plain', 'quiet', 'link', 'line', 'primary', 'danger'] as const).map((kind) => html`<k-button variant=${kind} icon="plus">${kind}</k-button>`)}
      <k-button loading>Busy</k-button><k-button .pressed=${true}>Down</k-button>
    </div>`);
    await expectAccessible();
  });
});
