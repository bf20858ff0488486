import { html } from 'lit';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { expectAccessible, inside, mount, settled } from '../../tests/mount.js';
import { setWords, words } from '../words/index.js';
import { passwordStrength, type KField } from './index.js';

describe('k-field', () => {
  it('takes part in its form and submits it by Enter', async () => {
    const sent = vi.fn((event: Event) => event.preventDefault());
    const form = await mount<HTMLFormElement>(html`<form @submit=${sent}><k-field label="Name" name="name"></k-field></form>`);
    form.querySelector('k-field')!.focus();
    await userEvent.keyboard('Ada{Enter}');
    expect(sent).toHaveBeenCalledOnce();
    expect(new FormData(form).get('name')).toBe('Ada');
    form.reset();
    await settled();
    expect(new FormData(form).get('name')).toBe('');
  });

  it('says in the words of the page, not of the browser, what is missing or wrong', async () => {
    const { unfit } = words;
    setWords({ unfit: (fault, minimum) => `${fault} ${String(minimum)}` });
    const field = await mount<KField>(html`<k-field label="Email" type="email" required></k-field>`);
    expect(field.validationMessage).toBe('missing 0');
    await userEvent.type(inside(field, 'input'), 'ada');
    await field.updateComplete;
    expect(field.validationMessage).toBe('email 0');
    const password = await mount<KField>(html`<k-field label="Password" type="password" minlength="8"></k-field>`);
    await userEvent.type(inside(password, 'input'), 'short');
    await password.updateComplete;
    expect(password.validationMessage).toBe('short 8');
    setWords({ unfit });
  });

  it('tells what is required', async () => {
    const form = await mount<HTMLFormElement>(html`<form><k-field label="Name" name="name" required></k-field></form>`);
    expect(form.checkValidity()).toBe(false);
    form.querySelector('k-field')!.value = 'x';
    await settled();
    expect(form.checkValidity()).toBe(true);
  });

  it('connects label, hint and error, and forgets the error when one types', async () => {
    const field = await mount<KField>(html`<k-field label="Name" hint="Short." error="Taken."></k-field>`);
    const input = inside<HTMLInputElement>(field, 'input');
    expect([input.getAttribute('aria-describedby'), input.ariaInvalid]).toEqual(['error hint', 'true']);
    await expectAccessible();
    field.focus();
    await userEvent.keyboard('x');
    expect(field.error).toBe('');
  });

  it('reveals a password and tells its strength', async () => {
    const field = await mount<KField>(html`<k-field label="Password" type="password" meter value="four-calm-paper-boats"></k-field>`);
    const input = inside<HTMLInputElement>(field, 'input');
    expect(input.type).toBe('password');
    inside<HTMLElement>(field, 'k-icon-button').click();
    await settled();
    expect(input.type).toBe('text');
    expect(inside(field, '.meter').textContent).toContain('Strong');
  });

  it('keeps keys and addresses from left to right, and takes the direction of what people write', async () => {
    const part = await mount(html`<div dir="rtl"><k-field label="Key" mono></k-field><k-field label="Name"></k-field></div>`);
    const [key, name] = [...part.querySelectorAll('k-field')].map((field) => inside<HTMLInputElement>(field, 'input'));
    const directions = (): string[] => [key!, name!].map((input) => getComputedStyle(input).direction);
    expect(directions()).toEqual(['ltr', 'rtl']);
    part.querySelectorAll('k-field')[1]!.focus();
    await userEvent.keyboard('Ada');
    await settled();
    expect(directions()).toEqual(['ltr', 'ltr']);
  });

  it.each([
    ['short', 0],
    ['aaaaaaaaaaaaaaaa', 1],
    ['password1', 2],
    ['four-calm-paper-boats', 4],
  ])('%s has strength %i', (password, strength) => {
    expect(passwordStrength(password)).toBe(strength);
  });
});
