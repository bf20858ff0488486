import { afterEach, describe, expect, it } from 'vitest';

import { fakeServer } from '../tests/testing.js';
import { addCommands, commands, defaultKey } from './commands.js';
import { pressedKeys, sameKeys } from './keys.js';
import { adoptPreferences, changePreferences, preferences } from './preferences.js';
import { theme } from './theme.js';

const DEFAULTS = { theme: 'system', density: 'comfortable', language: '', shortcuts_on: true, shortcuts: {} } as const;
const keyOf = (id: string): string | undefined => commands.value.find((command) => command.id === id)?.key;
const remove = addCommands([
  { id: 'x.one', title: 'One', icon: '', key: 'Mod+J', group: '', run: () => undefined },
  { id: 'x.two', title: 'Two', icon: '', key: '', group: '', run: () => undefined },
]);

afterEach(() => {
  adoptPreferences(DEFAULTS);
});

describe('preferences', () => {
  it('count at once: look and shortcuts', () => {
    adoptPreferences({ ...DEFAULTS, theme: 'dark', density: 'compact', shortcuts: { 'x.one': '', 'x.two': 'Mod+J' } });
    expect(theme.value).toEqual({ mode: 'dark', density: 'compact' });
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect([keyOf('x.one'), keyOf('x.two'), defaultKey('x.one')]).toEqual(['', 'Mod+J', 'Mod+J']);
    adoptPreferences({ ...DEFAULTS, shortcuts_on: false });
    expect(keyOf('x.one')).toBe('');
  });

  it('are as before when the server does not take them', async () => {
    fakeServer({});
    await expect(changePreferences({ theme: 'dark' })).rejects.toThrow();
    expect(preferences.value.theme).toBe('system');
    expect(theme.value.mode).toBe('system');
  });

  it('hold for commands that come later, until they leave', () => {
    adoptPreferences({ ...DEFAULTS, shortcuts: { 'x.late': 'Mod+Y' } });
    const leave = addCommands([{ id: 'x.late', title: 'Late', icon: '', key: 'Mod+L', group: '', run: () => undefined }]);
    expect(keyOf('x.late')).toBe('Mod+Y');
    leave();
    expect(keyOf('x.late')).toBeUndefined();
    expect(keyOf('x.one')).toBe('Mod+J');
  });
});

describe('keys', () => {
  const press = (init: KeyboardEventInit): ReturnType<typeof pressedKeys> => pressedKeys(new KeyboardEvent('keydown', init));

  it('are written as they were pressed', () => {
    expect(press({ key: 'O', code: 'KeyO', ctrlKey: true, shiftKey: true })).toEqual({ keys: 'Mod+Shift+O', alone: false });
    expect(press({ key: 'ArrowUp', code: 'ArrowUp', altKey: true })).toEqual({ keys: 'Alt+ArrowUp', alone: false });
    expect(press({ key: 'F2', code: 'F2' })).toEqual({ keys: 'F2', alone: false });
  });

  it('alone would be pressed while typing', () => {
    expect(press({ key: 'a', code: 'KeyA' })?.alone).toBe(true);
    expect(press({ key: 'A', code: 'KeyA', shiftKey: true })?.alone).toBe(true);
    expect(press({ key: 'Shift', code: 'ShiftLeft', shiftKey: true })).toBeUndefined();
    expect(press({ key: ' ', code: 'Space' })).toBeUndefined();
  });

  it('are the same in any order', () => {
    expect(sameKeys('Mod+Shift+O', 'shift+mod+o')).toBe(true);
    expect(sameKeys('', '')).toBe(false);
    expect(sameKeys('Mod+O', 'Mod+P')).toBe(false);
  });
});

it('leaves no command behind', () => {
  remove();
  expect(keyOf('x.one')).toBeUndefined();
});
