/** The elements that only show something. */
import { html } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { expectAccessible, inside, mount, next } from '../tests/mount.js';
import { colourOf, initials } from './avatar/index.js';
import './banner/index.js';
import type { KBanner } from './banner/index.js';
import './button/index.js';
import './empty-state/index.js';
import './header/index.js';
import './icon/index.js';
import './icon-button/index.js';
import './kbd/index.js';
import './logo/index.js';
import './popover/index.js';
import type { KPopover } from './popover/index.js';
import './progress/index.js';
import './skeleton/index.js';
import './spinner/index.js';
import './state/index.js';
import './toast/index.js';

describe('what is shown', () => {
  it('can be read by everybody', async () => {
    await mount(html`<div>
      <k-header heading="Providers" crumb="Settings" crumb-href="/settings" sub="6 providers"></k-header>
      <k-avatar name="Local User"></k-avatar><k-avatar square name="Ollama"></k-avatar><k-logo></k-logo><k-icon name="plus"></k-icon>
      ${(['plain', 'ok', 'warn', 'bad', 'info'] as const).map((tone) => html`<k-banner tone=${tone} heading="So it is.">And so on.</k-banner>`)}
      ${(['plain', 'ok', 'warn', 'bad', 'info', 'off'] as const).map((tone) => html`<k-state tone=${tone}>${tone}</k-state>`)}
      <k-empty-state icon="plug" heading="Nothing yet" text="Add one."><k-button>Add</k-button></k-empty-state>
      <k-skeleton lines="2"></k-skeleton><k-spinner label="Checking"></k-spinner><k-kbd>Ctrl K</k-kbd>
      <k-progress label="Uploading" value="0.4"></k-progress>
    </div>`);
    await expectAccessible();
  });

  it('has an icon from the sprite', async () => {
    const icon = await mount(html`<k-icon name="plus"></k-icon>`);
    const href = inside(icon, 'use').getAttribute('href') ?? '';
    const sprite = await (await fetch(href.split('#')[0]!)).text();
    expect(sprite).toContain('<symbol id="plus"');
    expect(sprite).toContain('<symbol id="x"');
  });

  it('names people by two letters and things by one colour', () => {
    expect([initials('Ada King Lovelace'), initials('ada'), initials('')]).toEqual(['AL', 'A', '']);
    expect(colourOf('Ollama')).toBe(colourOf('Ollama'));
  });

  it('a header asks for the menu through shadow roots', async () => {
    const asked = vi.fn();
    document.body.addEventListener('k-open-menu', asked, { once: true });
    const header = await mount(html`<k-header heading="Chat"></k-header>`);
    inside<HTMLElement>(header, '.menu').click();
    expect(asked).toHaveBeenCalledOnce();
  });

  it('a banner can be put away', async () => {
    const banner = await mount<KBanner>(html`<k-banner tone="warn" dismissible>Careful</k-banner>`);
    const closed = next(banner, 'k-close');
    inside<HTMLElement>(banner, 'k-icon-button').click();
    await closed;
  });

  it('a toast goes by itself, but not while the pointer is on it or when it is bad', () => {
    vi.useFakeTimers();
    const closed = vi.fn();
    document.body.replaceChildren();
    const toast = document.createElement('k-toast');
    toast.addEventListener('k-close', closed);
    document.body.append(toast);
    toast.dispatchEvent(new Event('pointerenter'));
    vi.advanceTimersByTime(60_000);
    expect(closed).not.toHaveBeenCalled();
    toast.dispatchEvent(new Event('pointerleave'));
    vi.advanceTimersByTime(6_000);
    expect(closed).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  it('a tooltip shows on keyboard focus', async () => {
    const button = await mount(html`<k-icon-button icon="copy" label="Copy"></k-icon-button>`);
    await userEvent.keyboard('{Tab}');
    const tip = inside(inside(button, 'k-tooltip'), '.tip');
    expect([tip.matches(':popover-open'), tip.textContent.trim()]).toEqual([true, 'Copy']);
    await userEvent.keyboard('{Escape}');
    expect(tip.matches(':popover-open')).toBe(false);
  });

  it('a popover opens beside its trigger and gives it its state', async () => {
    const popover = await mount<KPopover>(html`<k-popover label="Choose"><k-button slot="trigger">Model</k-button><input autofocus aria-label="Find" /></k-popover>`);
    const opened = next(popover, 'k-open');
    inside<HTMLElement>(popover.querySelector('k-button')!, 'button').click();
    await opened;
    expect(document.activeElement?.localName).toBe('input');
    expect(popover.querySelector('k-button')!.expanded).toBe(true);
    await expectAccessible();
  });

  it('a popover has the focus before the next key', async () => {
    const popover = await mount<KPopover>(html`<k-popover label="Choose"><button slot="trigger">Model</button><input autofocus aria-label="Find" /></k-popover>`);
    const told = vi.fn();
    popover.addEventListener('k-open', told);
    popover.show();
    await popover.updateComplete; // no task passes, as between two keys of one who types fast
    expect([document.activeElement?.localName, told.mock.calls.length]).toEqual(['input', 1]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(told).toHaveBeenCalledOnce();
  });
});
