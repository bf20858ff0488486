import { join } from 'node:path';

import { defineConfig } from 'vite';

import { compressed } from './build/compress.ts';
import { iconSprite } from './build/icons.ts';
import { inlineStyle } from './build/inline-style.ts';
import { localeFiles } from './build/locales.ts';
import { oneFilePerModule } from './build/one-file.ts';
import { moduleEntries, modules, output, web } from './build/paths.ts';
import { resolveFromWeb } from './build/resolve.ts';
import { moduleTitles } from './build/titles.ts';
import { woff2Only } from './build/woff2-only.ts';

/** What every page needs goes into one file; documents, lists and modules' own parts stay apart. */
const BASE = [
  /\/web\/(core\/(?!markdown)|sdk\/|kit\/(?!message-list|code-block|markdown|table-frame))/,
  /\/node_modules\/(lit|lit-html|lit-element|@lit|eventsource-parser)\//,
  /virtual:modulon|vite\/preload-helper|rolldown\/runtime/,
];

export default defineConfig({
  root: web,
  base: '/',
  publicDir: false,
  resolve: {
    alias: [
      { find: /^@modulon\/sdk\/testing$/, replacement: join(web, 'tests/testing.ts') },
      { find: /^@modulon\/sdk$/, replacement: join(web, 'sdk/index.ts') },
      { find: /^@modulon\/kit\/([a-z-]+)$/, replacement: join(web, 'kit/$1/index.ts') },
      { find: /^@modulon\/core\//, replacement: join(web, 'core/') },
    ],
  },
  plugins: [resolveFromWeb(), woff2Only(), iconSprite(), moduleTitles(), oneFilePerModule(), localeFiles(), inlineStyle(), compressed()],
  server: { fs: { allow: [web, modules] } },
  build: {
    outDir: output,
    emptyOutDir: true,
    target: 'es2022',
    manifest: 'manifest.json',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { shell: join(web, 'index.html'), ...moduleEntries() },
      preserveEntrySignatures: 'allow-extension',
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        codeSplitting: { groups: [{ name: 'base', test: (id) => BASE.some((part) => part.test(id)) }] },
      },
    },
  },
});
