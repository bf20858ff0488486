import { afterEach, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

import { addCommands, commands, type Command } from '../../core/commands.js';
import { addSearchSource, searchSources } from '../../core/search.js';
import { expectAccessible, inside, settled } from '../../tests/mount.js';
import { startWords } from '../words.js';
import { commandGroups } from './entries.js';
import { marked, matchText } from './match.js';
import './palette.js';
import { holdKeys } from './type-ahead.js';

await startWords();

const command = (title: string, run: () => unknown = () => undefined): Command => ({ id: title, title, icon: 'plus', key: '', group: 'Commands', run });

describe('matching', () => {
  it('finds letters in order and prefers the starts of words', () => {
    expect(matchText('ctm', 'Change the model')?.at).toEqual([0, 7, 11]);
    expect(matchText('chu', 'Churn drivers')?.at).toEqual([0, 1, 2]);
    expect(matchText('xyz', 'Change')).toBeUndefined();
  });

  it('ranks a whole word over spread letters', () => {
    const [group] = commandGroups(['Set the key', 'Some theme enabled yet'].map((title) => command(title)), 'key');
    expect(group?.entries[0]?.title).toBe('Set the key');
  });

  it('cuts a title where a match begins and ends', () => {
    expect(marked('Churn', [0, 1, 2])).toEqual([['Chu', true], ['rn', false]]);
  });
});

describe('the palette', () => {
  afterEach(() => {
    document.body.replaceChildren();
    commands.set([]);
    searchSources.set([]);
  });

  async function open(): Promise<HTMLElement> {
    const palette = document.createElement('modulon-palette');
    document.body.append(palette);
    await settled();
    return palette;
  }

  const options = (palette: HTMLElement): string[] => [...palette.shadowRoot!.querySelectorAll('.option b')].map((one) => one.textContent);

  it('lists, narrows down and runs by keyboard', async () => {
    const run = vi.fn();
    addCommands([command('New chat'), command('Sign out', run)]);
    const palette = await open();
    expect(options(palette)).toEqual(['New chat', 'Sign out']);
    await expectAccessible();
    await userEvent.keyboard('out{Enter}');
    expect(run).toHaveBeenCalledOnce();
    expect(inside<HTMLDialogElement>(palette, 'dialog').open).toBe(false);
  });

  it('gets what was typed while its script was on its way', async () => {
    const [page, run] = [vi.fn(), vi.fn()];
    document.addEventListener('keydown', page);
    addCommands([command('New chat'), command('Sign out', run)]);
    holdKeys();
    await userEvent.keyboard('oux{Backspace}t');
    const palette = await open();
    expect(inside<HTMLInputElement>(palette, 'input').value).toBe('out');
    expect(options(palette)).toEqual(['Sign out']);
    expect(page).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    expect(run).toHaveBeenCalledOnce();
    document.removeEventListener('keydown', page);
  });

  it('runs what was asked for before it was there', async () => {
    const run = vi.fn();
    addCommands([command('New chat'), command('Sign out', run)]);
    holdKeys();
    await userEvent.keyboard('out{Enter}');
    await open();
    expect(run).toHaveBeenCalledOnce();
  });

  it('goes round by arrows and tells which is chosen', async () => {
    addCommands([command('A'), command('B')]);
    const palette = await open();
    await userEvent.keyboard('{ArrowUp}');
    await settled();
    const input = inside(palette, 'input');
    expect(inside(palette, `#${input.getAttribute('aria-activedescendant')!}`).textContent).toContain('B');
  });

  it('shows what modules find, and goes on when one fails', async () => {
    const found = { id: '1', title: 'Churn drivers', icon: 'message-square', open: () => undefined };
    addSearchSource({ id: 'a', group: 'Conversations', search: () => Promise.resolve({ results: [found], total: 7 }) });
    addSearchSource({ id: 'b', group: 'Agents', search: () => Promise.reject(new Error('down')) });
    const palette = await open();
    await vi.waitFor(() => {
      expect(options(palette)).toEqual(['Churn drivers']);
    });
    expect(inside(palette, '.head span').textContent).toBe('1 of 7');
    expect(inside(palette, 'footer').textContent).toContain('Search did not answer');
  });

  it('says when there is nothing', async () => {
    const palette = await open();
    await userEvent.keyboard('zzz');
    await settled();
    expect(inside(palette, '.none').textContent).toContain('zzz');
  });
});
