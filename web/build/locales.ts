import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

import type { Plugin } from 'vite';

import { manifestKey, moduleLocales } from './paths.ts';

interface ManifestEntry {
  file: string;
  src: string;
}

/** Writes each module's catalogues as files of their own and names them in the manifest, so that the page can fetch one. */
export function localeFiles(): Plugin {
  const files = new Map<string, ManifestEntry>();
  return {
    name: 'modulon:locales',
    apply: 'build',
    enforce: 'post',
    buildStart() {
      files.clear();
      for (const path of moduleLocales()) {
        const source = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')));
        const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
        const file = `assets/${basename(path, '.json')}-${hash}.json`;
        const key = manifestKey(path);
        files.set(key, { file, src: key });
        this.emitFile({ type: 'asset', fileName: file, source });
      }
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const manifest = bundle['manifest.json'];
        if (manifest?.type !== 'asset') throw new Error('the build wrote no manifest');
        const entries = JSON.parse(String(manifest.source)) as Record<string, ManifestEntry>;
        for (const [key, entry] of files) entries[key] = entry;
        manifest.source = JSON.stringify(entries, null, 1);
      },
    },
  };
}
