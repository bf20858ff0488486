/** What was pressed while the palette's script was on its way: it belongs to the palette, not to the page below. */
export interface Held {
  text: string;
  /** Whether Enter came after the text. */
  enter: boolean;
}

let held: Held | undefined;

function pressed(event: KeyboardEvent): void {
  if (!held || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.length === 1) held.text += event.key;
  else if (event.key === 'Backspace') held.text = held.text.slice(0, -1);
  else if (event.key === 'Enter') held.enter = true;
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Keeps keys from now on, until `takeKeys`. */
export function holdKeys(): void {
  held ??= { text: '', enter: false };
  addEventListener('keydown', pressed, { capture: true });
}

/** Ends it and returns what was kept. */
export function takeKeys(): Held {
  removeEventListener('keydown', pressed, { capture: true });
  const kept = held ?? { text: '', enter: false };
  held = undefined;
  return kept;
}
