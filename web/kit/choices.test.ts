/** The elements with which one chooses: select, switch, checkbox, chip, segmented, pager. */
import { html } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { expectAccessible, inside, mount, settled } from '../tests/mount.js';
import type { KCheckbox } from './checkbox/index.js';
import './checkbox/index.js';
import type { KChip } from './chip/index.js';
import './chip/index.js';
import type { KPager } from './pager/index.js';
import './pager/index.js';
import type { KSegmented } from './segmented/index.js';
import './segmented/index.js';
import './select/index.js';
import type { KSwitch } from './switch/index.js';
import './switch/index.js';

describe('choosing', () => {
  it('of a select is in its form', async () => {
    const options = [{ value: 'a', label: 'A' }, { value: 'b', label: 'B' }];
    const form = await mount<HTMLFormElement>(html`<form><k-select label="Kind" name="kind" value="b" .options=${options}></k-select></form>`);
    expect(new FormData(form).get('kind')).toBe('b');
    await userEvent.selectOptions(inside<HTMLSelectElement>(form.querySelector('k-select')!, 'select'), 'a');
    await settled();
    expect(new FormData(form).get('kind')).toBe('a');
    await expectAccessible();
  });

  it('by a switch tells once, and not while it is off', async () => {
    const changed = vi.fn();
    const element = await mount<KSwitch>(html`<k-switch label="Offer" @change=${changed}></k-switch>`);
    inside<HTMLElement>(element, 'button').click();
    await settled();
    expect([element.checked, changed.mock.calls.length]).toEqual([true, 1]);
    element.disabled = true;
    inside<HTMLElement>(element, 'button').click();
    expect(element.checked).toBe(true);
    await expectAccessible();
  });

  it('by a checkbox is in its form only when checked', async () => {
    const form = await mount<HTMLFormElement>(html`<form><k-checkbox name="s" value="read" label="Read" hint="See it"></k-checkbox></form>`);
    expect(new FormData(form).getAll('s')).toEqual([]);
    const box = form.querySelector<KCheckbox>('k-checkbox')!;
    box.focus();
    await userEvent.keyboard(' ');
    await settled();
    expect(new FormData(form).getAll('s')).toEqual(['read']);
    await expectAccessible();
  });

  it('by a chip is pressed or not; another can be taken away', async () => {
    const removed = vi.fn();
    await mount(html`<div><k-chip selectable>On 8</k-chip><k-chip tone="ok" remove="Remove it" @k-remove=${removed}>It</k-chip></div>`);
    const [filter, label] = document.querySelectorAll<KChip>('k-chip');
    inside<HTMLElement>(filter!, 'button').click();
    await settled();
    expect(inside(filter!, 'button').ariaPressed).toBe('true');
    inside<HTMLElement>(label!, 'k-icon-button').click();
    expect(removed).toHaveBeenCalledOnce();
    await expectAccessible();
  });

  it('among segments goes round by arrows', async () => {
    const segments = ['a', 'b', 'c'].map((value) => ({ value, label: value }));
    const element = await mount<KSegmented>(html`<k-segmented label="Theme" value="a" .segments=${segments}></k-segmented>`);
    inside<HTMLElement>(element, '[aria-checked=true]').focus();
    await userEvent.keyboard('{ArrowLeft}');
    await settled();
    expect(element.value).toBe('c');
    expect(element.shadowRoot?.activeElement?.textContent.trim()).toBe('c');
    await expectAccessible();
  });

  it('between pages ends at the ends', async () => {
    const paged = vi.fn();
    const element = await mount<KPager>(html`<k-pager index="1" total="2" @k-page=${(event: CustomEvent<number>): void => void paged(event.detail)}></k-pager>`);
    const [back, on] = element.shadowRoot!.querySelectorAll<HTMLElement>('k-icon-button');
    back!.click();
    on!.click();
    expect(paged.mock.calls).toEqual([[2]]);
    await expectAccessible();
  });

  it('follows the direction of the page', async () => {
    const segments = ['a', 'b', 'c'].map((value) => ({ value, label: value }));
    const part = await mount(html`<div dir="rtl"><k-segmented value="a" .segments=${segments}></k-segmented><k-pager index="1" total="2"></k-pager></div>`);
    const choice = part.querySelector<KSegmented>('k-segmented')!;
    inside<HTMLElement>(choice, '[aria-checked=true]').focus();
    await userEvent.keyboard('{ArrowLeft}');
    await settled();
    expect(choice.value).toBe('b');
    await userEvent.keyboard('{ArrowRight}');
    await settled();
    expect(choice.value).toBe('a');
    const arrow = inside(inside(part.querySelector('k-pager')!, 'k-icon-button'), 'svg');
    expect(getComputedStyle(arrow).scale).toBe('-1 1');
  });
});
