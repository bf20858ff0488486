import { afterEach, describe, expect, it, vi } from 'vitest';

import { addCommands, commands, findCommand, runCommand, type Command } from './commands.js';
import { confirm, question } from './dialogs.js';
import { randomId } from './ids.js';
import { keyLabel, matchesKey } from './keys.js';
import { toast, toasts } from './messages.js';
import { fits } from './notifications.js';
import { readPageState } from './page-state.js';
import { Store } from './store.js';
import { setTheme, startTheme } from './theme.js';
import { startWorker } from './worker.js';

const command = (id: string, more: Partial<Command> = {}): Command => ({ id, title: id, icon: '', key: '', group: '', run: vi.fn(), ...more });

describe('a store', () => {
  it('tells each change once, until let go of', () => {
    const store = new Store(1);
    const seen: number[] = [];
    const stop = store.subscribe((value) => seen.push(value));
    store.set(1);
    store.set(2);
    stop();
    store.set(3);
    expect(seen).toEqual([2]);
  });
});

describe('commands', () => {
  afterEach(() => {
    commands.set([]);
  });

  it('replace those with the same id and go again', async () => {
    addCommands([command('a')]);
    const second = command('a');
    const remove = addCommands([second]);
    await runCommand('a');
    expect(second.run).toHaveBeenCalledOnce();
    remove();
    expect(commands.value).toEqual([]);
  });

  it('that are off are not found', () => {
    addCommands([command('a', { enabled: () => false })]);
    expect(findCommand('a')).toBeUndefined();
  });
});

describe('shortcuts', () => {
  const press = (key: string, init: KeyboardEventInit = {}): KeyboardEvent => new KeyboardEvent('keydown', { key, ...init });

  it('fit exactly', () => {
    expect(matchesKey(press('O', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+O')).toBe(true);
    expect(matchesKey(press('o', { ctrlKey: true }), 'Mod+Shift+O')).toBe(false);
    expect(matchesKey(press('ο', { ctrlKey: true, shiftKey: true, code: 'KeyO' }), 'Mod+Shift+O')).toBe(true);
  });

  it('are written as on the keys', () => {
    expect(keyLabel('Mod+Shift+o')).toBe('Ctrl ⇧ O');
  });
});

describe('the page', () => {
  it('reads what the server wrote', () => {
    const page = document.implementation.createHTMLDocument();
    const state = page.createElement('script');
    state.id = 'modulon-state';
    state.type = 'application/json';
    state.textContent = '{"setup":"open","modules":[]}';
    page.head.append(state);
    expect(readPageState(page)).toMatchObject({ setup: 'open', signed_in: false });
  });

  it('keeps the theme', () => {
    startTheme();
    setTheme({ mode: 'dark', density: 'compact' });
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', density: 'compact' });
    setTheme({ mode: 'system', density: 'comfortable' });
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('shows at most three toasts, which can be taken away', () => {
    const remove = ['a', 'b', 'c', 'd'].map((text) => toast(text)).at(-1)!;
    expect(toasts.value.map((one) => one.text)).toEqual(['b', 'c', 'd']);
    remove();
    expect(toasts.value).toHaveLength(2);
    toasts.set([]);
  });

  it('answers no to a question that another one replaces', async () => {
    const first = confirm({ title: '1', text: '', confirm: 'Do' });
    const second = confirm({ title: '2', text: '', confirm: 'Do' });
    question.value?.answer(true);
    expect([await first, await second]).toEqual([false, true]);
  });

  it('makes ids that are UUIDs', () => {
    expect(randomId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('starts workers from here only', () => {
    expect(() => startWorker('https://example.org/x.js')).toThrow(TypeError);
  });

  it.each([
    ['*', 'chat.x', true],
    ['chat.*', 'chat.run_started', true],
    ['chat.*', 'chatter.x', false],
    ['chat.x', 'chat.x', true],
  ])('pattern %s for %s: %s', (pattern, type, expected) => {
    expect(fits(pattern, type)).toBe(expected);
  });
});
