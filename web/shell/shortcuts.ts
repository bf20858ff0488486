import { commands, findCommand } from '../core/commands.js';
import { matchesKey } from '../core/keys.js';

const REGION = '[data-region]';

/** Every element with `data-region` that can be seen, through the shell's own shadow roots. */
function regions(): HTMLElement[] {
  const root = document.querySelector('modulon-app')?.shadowRoot;
  const all = root ? [...root.querySelectorAll<HTMLElement>(REGION)] : [];
  return all.filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.inert);
}

/** The region with the focus, also when it is deeper in a shadow root. */
function currentRegion(all: readonly HTMLElement[]): number {
  const active = document.querySelector('modulon-app')?.shadowRoot?.activeElement ?? null;
  return all.findIndex((region) => region.contains(active));
}

function moveRegion(step: number): void {
  const all = regions();
  if (all.length === 0) return;
  const next = (currentRegion(all) + step + all.length) % all.length;
  all[next]?.focus();
}

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === 'F6') {
    event.preventDefault();
    moveRegion(event.shiftKey ? -1 : 1);
    return;
  }
  const command = commands.value.find((one) => one.key !== '' && matchesKey(event, one.key));
  const runnable = command && findCommand(command.id);
  if (!runnable) return;
  event.preventDefault();
  void runnable.run();
}

/** Runs commands by their shortcut; F6 moves between the page's regions. */
export function startShortcuts(): void {
  document.addEventListener('keydown', pressed);
}
