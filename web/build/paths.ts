/** Where things are, as absolute paths. */
import { globSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

export const web = resolve(import.meta.dirname, '..');
export const project = resolve(web, '..');
export const modules = join(project, 'src/modulon/modules');
export const output = join(project, 'src/modulon/_web');

/** A path as it stands in the build's manifest: relative to `web`, with `/`. */
export function manifestKey(path: string): string {
  return relative(web, path).split(sep).join('/');
}

/** The script of each module that has an interface, by the module's folder name. */
export function moduleEntries(): Record<string, string> {
  const found = globSync('*/frontend/index.ts', { cwd: modules }).sort();
  return Object.fromEntries(found.map((path) => [dirname(dirname(path)), join(modules, path)]));
}

/** Every catalogue of a module. */
export function moduleLocales(): string[] {
  return globSync('*/frontend/locales/*.json', { cwd: modules })
    .sort()
    .map((path) => join(modules, path));
}
