import { html } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { expectAccessible, inside, mount, settled } from '../../tests/mount.js';
import '../button/index.js';
import type { KDialog } from './index.js';
import './index.js';

const dialogOf = (element: KDialog): HTMLDialogElement => inside(element, 'dialog');

describe('k-dialog', () => {
  it('opens over the page with the focus where it is wanted', async () => {
    const element = await mount<KDialog>(html`<k-dialog open heading="Sure?" text="It is gone then.">
      <k-button slot="footer">Yes</k-button><k-button slot="footer" autofocus>No</k-button>
    </k-dialog>`);
    expect(dialogOf(element).matches(':modal')).toBe(true);
    expect(document.activeElement?.textContent).toBe('No');
    await expectAccessible();
  });

  it('asks before it closes by Escape', async () => {
    const stay = vi.fn((event: Event) => event.preventDefault());
    const element = await mount<KDialog>(html`<k-dialog open heading="Form" @k-close=${stay}>…</k-dialog>`);
    await userEvent.keyboard('{Escape}');
    await settled();
    expect(stay).toHaveBeenCalledOnce();
    expect(dialogOf(element).open).toBe(true);
    element.removeEventListener('k-close', stay);
    element.open = false;
    await settled();
    expect(dialogOf(element).open).toBe(false);
  });

  it('closes by its cross', async () => {
    const element = await mount<KDialog>(html`<k-dialog open heading="Form">…</k-dialog>`);
    inside<HTMLElement>(element, 'k-icon-button').click();
    await settled();
    expect([element.open, dialogOf(element).open]).toEqual([false, false]);
  });
});
