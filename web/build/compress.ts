import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import type { Plugin } from 'vite';

import { output } from './paths.ts';

const SMALLEST = 512;

/** Writes `.br` and `.gz` beside each text file, once at build time, so that serving costs nothing. */
export function compressed(): Plugin {
  return {
    name: 'modulon:compress',
    apply: 'build',
    enforce: 'post',
    closeBundle() {
      for (const path of globSync('assets/**/*.{js,css,json,svg}', { cwd: output })) {
        const file = join(output, path);
        const source = readFileSync(file);
        if (source.length < SMALLEST) continue;
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: source.length,
        };
        writeFileSync(`${file}.br`, brotliCompressSync(source, { params }));
        writeFileSync(`${file}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}
