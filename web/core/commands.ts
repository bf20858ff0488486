import { Store } from './store.js';

/** Something a person can ask for: an entry of the palette, of menus, a shortcut. */
export interface Command {
  /** `<module>.<what>`, for example `chat.new`. */
  id: string;
  /** What it says, in the person's language. */
  title: string;
  icon: string;
  /** `Mod+Shift+O`, or nothing. In `commands` it is what counts for this person. */
  key: string;
  /** The heading it stands under in the palette, in the person's language. */
  group: string;
  run: () => unknown;
  /** Not offered while this answers false. */
  enabled?: () => boolean;
}

/** All commands there are now, with the keys that count for this person. */
export const commands = new Store<readonly Command[]>([]);

let declared: readonly Command[] = [];
let on = true;
let chosen: Readonly<Record<string, string>> = {};

function bind(): void {
  commands.set(declared.map((command) => ({ ...command, key: on ? (chosen[command.id] ?? command.key) : '' })));
}

/** Adds commands (in place of those with the same id) until the returned function is called. */
export function addCommands(added: readonly Command[]): () => void {
  const ids = new Set(added.map((command) => command.id));
  declared = [...declared.filter((command) => !ids.has(command.id)), ...added];
  bind();
  return () => {
    declared = declared.filter((command) => !added.includes(command));
    bind();
  };
}

/** Lets shortcuts be those that were chosen, by command; with *shortcutsOn* false there are none. */
export function rebindCommands(shortcutsOn: boolean, shortcuts: Readonly<Record<string, string>>): void {
  on = shortcutsOn;
  chosen = shortcuts;
  bind();
}

/** The shortcut a command comes with. */
export function defaultKey(id: string): string {
  return declared.find((command) => command.id === id)?.key ?? '';
}

/** The command with this id if it can be run now. */
export function findCommand(id: string): Command | undefined {
  const command = commands.value.find((one) => one.id === id);
  return command?.enabled?.() === false ? undefined : command;
}

/** Runs a command; does nothing if there is none such now. Resolves when it has ended. */
export async function runCommand(id: string): Promise<void> {
  await findCommand(id)?.run();
}
