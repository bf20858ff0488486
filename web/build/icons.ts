import { createHash } from 'node:crypto';
import { globSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Plugin } from 'vite';

import { modules, web } from './paths.ts';

const VIRTUAL = 'virtual:modulon/icons';
const RESOLVED = `\0${VIRTUAL}`;
const FOLDER = join(web, 'node_modules/lucide-static/icons');

/** Every quoted word in our sources that is the name of an icon: too many is cheap, a missing one is a hole. */
function usedIcons(): string[] {
  const known = new Set(readdirSync(FOLDER).map((file) => file.replace(/\.svg$/, '')));
  const sources = [
    ...globSync('{kit,shell,sdk,core}/**/*.ts', { cwd: web }).map((path) => join(web, path)),
    ...globSync('*/{module.toml,frontend/**/*.ts}', { cwd: modules }).map((path) => join(modules, path)),
  ];
  const used = new Set<string>();
  for (const source of sources.filter((path) => !path.endsWith('.test.ts'))) {
    for (const [, word] of readFileSync(source, 'utf8').matchAll(/["'`]([a-z][a-z0-9-]*)["'`]/g)) {
      if (word !== undefined && known.has(word)) used.add(word);
    }
  }
  return [...used].sort();
}

/** One SVG file with a symbol for each icon. */
export function makeSprite(names: readonly string[] = usedIcons()): string {
  const symbols = names.map((name) => {
    const svg = readFileSync(join(FOLDER, `${name}.svg`), 'utf8');
    const inner = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replaceAll(/\s*\n\s*/g, '')}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg"><!-- Lucide, ISC licence -->${symbols.join('')}</svg>`;
}

/** `import url from 'virtual:modulon/icons'`: the address of the sprite, one file with a hash in its name. */
export function iconSprite(): Plugin {
  let building = false;
  return {
    name: 'modulon:icons',
    configResolved(config) {
      building = config.command === 'build';
    },
    configureServer(server) {
      server.middlewares.use('/icons.svg', (_request, response) => {
        response.setHeader('content-type', 'image/svg+xml');
        response.end(makeSprite());
      });
    },
    resolveId: (id) => (id === VIRTUAL ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null;
      if (!building) return `export default '/icons.svg'`;
      const source = makeSprite();
      const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
      const fileName = `assets/icons-${hash}.svg`;
      this.emitFile({ type: 'asset', fileName, source });
      return `export default '/${fileName}'`;
    },
  };
}
