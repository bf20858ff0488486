import { addCommands, type Command } from '../core/commands.js';
import { t } from '../core/i18n/index.js';
import { navigate } from '../core/router.js';
import { session } from '../core/session.js';
import { storage } from '../core/storage.js';
import { Store } from '../core/store.js';
import type { Theme } from '../core/theme.js';
import { toast } from '../core/messages.js';
import { chooseLook } from '../core/preferences.js';
import { guard } from './guard.js';
import type { ModuleRegistry } from './modules/index.js';

/** Whether the sidebar is folded to the rail. */
export const folded = new Store(storage.get('sidebar') === 'folded');
/** Whether the palette is open. */
export const paletteOpen = new Store(false);

export function toggleSidebar(): void {
  folded.set(!folded.value);
  storage.set('sidebar', folded.value ? 'folded' : 'open');
}

const signedIn = (): boolean => session.value !== undefined;

function own(): Command[] {
  const command = (id: string, icon: string, key: string, run: () => void): Command => ({
    id: `shell.${id}`,
    title: t(`shell.commands.${id}`),
    icon,
    key,
    group: t('shell.groups.view'),
    run,
    enabled: signedIn,
  });
  const look = (mode: Theme['mode'], icon: string): Command => ({
    ...command(`theme_${mode}`, icon, '', () => {
      chooseLook({ mode }, signedIn()).catch(() => {
        toast(t('shell.look_not_kept'), { tone: 'bad' });
      });
    }),
    enabled: () => true,
  });
  return [
    command('palette', 'search', 'Mod+K', () => {
      paletteOpen.set(!paletteOpen.value);
    }),
    command('sidebar', 'panel-left', 'Mod+B', toggleSidebar),
    look('light', 'sun'),
    look('dark', 'moon'),
    look('system', 'sun-moon'),
  ];
}

function contributed(registry: ModuleRegistry): Command[] {
  return registry.modules.flatMap((module) =>
    module.contributes.command.map(({ id, title, icon, key, group }) => ({
      id,
      title: t(title),
      icon: icon || 'square-terminal',
      key,
      group: group ? t(group) : t('shell.groups.commands'),
      run: () => registry.run(module, id),
      enabled: signedIn,
    })),
  );
}

/** Pages with a menu can be gone to by name. */
function destinations(registry: ModuleRegistry): Command[] {
  const pages = registry.pages.filter((page) => page.nav !== '' && !page.path.includes(':'));
  return pages.map((page) => ({
    id: `go:${page.path}`,
    title: t(page.title),
    icon: page.icon || 'arrow-right',
    key: '',
    group: t('shell.groups.pages'),
    run: () => {
      navigate(page.path);
    },
    enabled: () => guard.menu('').includes(page),
  }));
}

/** Registers the shell's commands, the modules' and one for each page of a menu, as long as the modules are there. */
export function startCommands(registry: ModuleRegistry): void {
  let end = add(registry);
  registry.now.subscribe(() => {
    end();
    end = add(registry);
  });
}

function add(registry: ModuleRegistry): () => void {
  const home = registry.pages.find((page) => page.path === '/')?.module.contributes.command ?? [];
  const [first, rest] = [true, false].map((wanted) =>
    contributed(registry).filter((command) => home.some((one) => one.id === command.id) === wanted),
  ) as [Command[], Command[]];
  // What one does most comes first; what ends the session is not what Enter runs in an empty palette.
  return addCommands([...first, ...destinations(registry), ...own(), ...rest]);
}
