import { Store } from './store.js';

/** Something a person can ask for: an entry of the palette, of menus, a shortcut. */
export interface Command {
  /** `<module>.<what>`, for example `chat.new`. */
  id: string;
  /** What it says, in the person's language. */
  title: string;
  icon: string;
  /** `Mod+Shift+O`, or nothing. */
  key: string;
  /** The heading it stands under in the palette, in the person's language. */
  group: string;
  run: () => unknown;
  /** Not offered while this answers false. */
  enabled?: () => boolean;
}

/** All commands there are now. */
export const commands = new Store<readonly Command[]>([]);

/** Adds commands (in place of those with the same id) until the returned function is called. */
export function addCommands(added: readonly Command[]): () => void {
  const ids = new Set(added.map((command) => command.id));
  commands.set([...commands.value.filter((command) => !ids.has(command.id)), ...added]);
  return () => {
    commands.set(commands.value.filter((command) => !added.includes(command)));
  };
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
