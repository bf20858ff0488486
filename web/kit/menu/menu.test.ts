import { html } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { expectAccessible, inside, mount, next } from '../../tests/mount.js';
import '../icon-button/index.js';
import type { KMenu, MenuEntry } from './index.js';
import './index.js';

async function open(items: readonly MenuEntry[]): Promise<KMenu> {
  const menu = await mount<KMenu>(html`<k-menu .items=${items}><k-icon-button slot="trigger" icon="ellipsis" label="More"></k-icon-button></k-menu>`);
  const opened = next(menu, 'k-open');
  menu.querySelector('k-icon-button')!.focus();
  await userEvent.keyboard('{Enter}');
  await opened;
  return menu;
}

const focused = (menu: KMenu): string => menu.shadowRoot?.activeElement?.textContent.trim() ?? '';

describe('k-menu', () => {
  it('is walked through by arrows, ends and letters', async () => {
    const menu = await open(['Edit', 'Copy', 'Delete'].map((label) => ({ id: label, label, run: () => undefined })));
    expect(focused(menu)).toBe('Edit');
    await userEvent.keyboard('{ArrowUp}');
    expect(focused(menu)).toBe('Delete');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(focused(menu)).toBe('Copy');
    await userEvent.keyboard('d');
    expect(focused(menu)).toBe('Delete');
    await expectAccessible();
  });

  it('runs what is chosen and gives the focus back', async () => {
    const run = vi.fn();
    const menu = await open([{ heading: 'Do' }, { id: 'a', label: 'A', run }, '-', { id: 'b', label: 'B', disabled: true, run }]);
    await userEvent.keyboard('{Enter}');
    expect(run).toHaveBeenCalledOnce();
    expect(menu.open).toBe(false);
    expect(document.activeElement).toBe(menu.querySelector('k-icon-button'));
  });

  it('closes by Escape, and a second press of the trigger', async () => {
    const menu = await open([{ id: 'a', label: 'A', checked: true, run: () => undefined }]);
    expect(inside(menu, '[role=menuitemradio]').ariaChecked).toBe('true');
    const closed = next(menu, 'k-close');
    await userEvent.keyboard('{Escape}');
    await closed;
    expect(menu.querySelector('k-icon-button')!.expanded).toBe(false);
  });
});
