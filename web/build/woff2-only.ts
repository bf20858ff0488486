import type { Plugin } from 'vite';

const OLDER = /,url\([^)]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g;

/** Leaves older formats out of KaTeX's font faces: every browser we run in reads the first, WOFF2. */
export function woff2Only(): Plugin {
  return {
    name: 'modulon:woff2-only',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/katex\/dist\/katex(\.min)?\.css/.test(id)) return null;
      const left = code.replace(OLDER, '');
      if (left === code) throw new Error('katex.css names its fonts in another way now');
      return { code: left, map: null };
    },
  };
}
