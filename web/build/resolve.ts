import { join } from 'node:path';

import type { Plugin } from 'vite';

import { modules, web } from './paths.ts';

/**
 * Module frontends live beside their Python code, outside `web`, where no `node_modules` is above them:
 * their bare imports are resolved as if they stood in `web`.
 */
export function resolveFromWeb(): Plugin {
  return {
    name: 'modulon:resolve-from-web',
    enforce: 'pre',
    async resolveId(id, importer, options) {
      const bare = !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('\0');
      if (!bare || !importer?.startsWith(modules)) return null;
      return this.resolve(id, join(web, 'index.html'), { ...options, skipSelf: true });
    },
  };
}
