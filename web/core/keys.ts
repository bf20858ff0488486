/** Shortcuts: written `Mod+Shift+O`, where Mod is Ctrl, or ⌘ on Apple's systems. */

export const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

interface Combination {
  mod: boolean;
  shift: boolean;
  alt: boolean;
  key: string;
}

function parse(combination: string): Combination {
  const names = combination.split('+').map((name) => name.trim().toLowerCase());
  return {
    mod: names.includes('mod'),
    shift: names.includes('shift'),
    alt: names.includes('alt'),
    key: names.at(-1) ?? '',
  };
}

/** Whether a key press is this combination. */
export function matchesKey(event: KeyboardEvent, combination: string): boolean {
  const wanted = parse(combination);
  const mod = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  const none = !event.metaKey && !event.ctrlKey;
  return (
    (wanted.mod ? mod : none) &&
    event.altKey === wanted.alt &&
    event.shiftKey === wanted.shift &&
    (event.key.toLowerCase() === wanted.key || event.code.toLowerCase() === `key${wanted.key}`)
  );
}

const SIGNS: Record<string, string> = {
  shift: '⇧',
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  backspace: '⌫',
};

const NAMED = /^(F[1-9]|F1[0-2]|Arrow(Up|Down|Left|Right)|Home|End|PageUp|PageDown|Enter|Backspace|Delete|Insert)$/;
const MODIFIERS = new Set(['Control', 'Meta', 'Alt', 'Shift', 'AltGraph']);

/**
 * The combination that was pressed, written as above: nothing while only modifiers are down. `alone` is one that would
 * be pressed while typing, so that it can be no shortcut.
 */
export function pressedKeys(event: KeyboardEvent): { keys: string; alone: boolean } | undefined {
  if (MODIFIERS.has(event.key)) return undefined;
  const mod = isApple ? event.metaKey : event.ctrlKey;
  const letter = /^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : event.key.length === 1 ? event.key.toUpperCase() : '';
  const key = NAMED.test(event.key) ? event.key : letter;
  if (key === '' || /[\s+]/.test(key)) return undefined;
  const names = [...(mod ? ['Mod'] : []), ...(event.altKey ? ['Alt'] : []), ...(event.shiftKey ? ['Shift'] : []), key];
  return { keys: names.join('+'), alone: !mod && !event.altKey && !/^F\d+$/.test(key) };
}

/** Whether two combinations are the same keys. */
export function sameKeys(one: string, other: string): boolean {
  const sorted = (text: string): string => text.toLowerCase().split('+').toSorted().join('+');
  return one !== '' && sorted(one) === sorted(other);
}

/** As it stands on a key: `Ctrl ⇧ O`, `⌘ ⇧ O`. */
export function keyLabel(combination: string): string {
  const label = (name: string): string => {
    const lower = name.toLowerCase();
    if (lower === 'mod') return isApple ? '⌘' : 'Ctrl';
    if (lower === 'alt') return isApple ? '⌥' : 'Alt';
    return SIGNS[lower] ?? (name.length === 1 ? name.toUpperCase() : name);
  };
  return combination
    .split('+')
    .map((name) => label(name.trim()))
    .join(' ');
}

/** As `aria-keyshortcuts` wants it: `Control+Shift+O`. */
export function ariaKeys(combination: string): string {
  return combination.replace(/mod/i, isApple ? 'Meta' : 'Control');
}
