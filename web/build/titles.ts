import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { Plugin } from 'vite';

import { moduleLocales } from './paths.ts';

const VIRTUAL = 'virtual:modulon/titles';
const RESOLVED = `\0${VIRTUAL}`;

interface Tree {
  [key: string]: string | Tree;
}

function lookUp(tree: Tree, key: string): string | undefined {
  if (typeof tree[key] === 'string') return tree[key];
  const [first = '', ...rest] = key.split('.');
  const branch = tree[first];
  return typeof branch === 'object' && rest.length > 0 ? lookUp(branch, rest.join('.')) : undefined;
}

/** The keys that a manifest names: titles and groups of what the module contributes. */
function keysOf(manifest: string): string[] {
  return [...manifest.matchAll(/^\s*(?:title|group)\s*=\s*"([^"]+)"/gm)].map((match) => match[1] ?? '');
}

/** By language, the messages that menus and the palette show before any module's script is loaded. */
function titles(): Record<string, Record<string, string>> {
  const found: Record<string, Record<string, string>> = {};
  for (const path of moduleLocales()) {
    const module = dirname(dirname(dirname(path)));
    const tree = JSON.parse(readFileSync(path, 'utf8')) as Tree;
    for (const key of keysOf(readFileSync(join(module, 'module.toml'), 'utf8'))) {
      const [owner, ...rest] = key.split('.');
      const text = owner === basename(module) ? lookUp(tree, rest.join('.')) : undefined;
      if (text !== undefined) (found[basename(path, '.json')] ??= {})[key] = text;
    }
  }
  return found;
}

/** `import titles from 'virtual:modulon/titles'`: see `titles`. */
export function moduleTitles(): Plugin {
  return {
    name: 'modulon:titles',
    resolveId: (id) => (id === VIRTUAL ? RESOLVED : null),
    load: (id) => (id === RESOLVED ? `export default ${JSON.stringify(titles())}` : null),
  };
}
