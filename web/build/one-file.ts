import { relative } from 'node:path';

import type { Plugin } from 'vite';

import { modules } from './paths.ts';

const ELEMENT = /\(\) => import\(\s*('[^']+'|"[^"]+")\s*\)/g;

/**
 * Makes each module's interface one file: the elements that its `index.ts` imports lazily come with it, so that a
 * module costs one request. What its pages import lazily themselves (editors, documents, charts) stays apart.
 */
export function oneFilePerModule(): Plugin {
  return {
    name: 'modulon:one-file-per-module',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!/^[^/\\]+[/\\]frontend[/\\]index\.ts$/.test(relative(modules, id))) return null;
      const imported = [...code.matchAll(ELEMENT)].map((match) => `import ${match[1] ?? ''};`);
      return { code: `${imported.join('')}${code.replace(ELEMENT, '() => Promise.resolve()')}`, map: null };
    },
  };
}
