import type { Plugin } from 'vite';

const LINK = /\s*<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/;

/** Puts the shell's one small style sheet into the page: a request less before the first paint. */
export function inlineStyle(): Plugin {
  return {
    name: 'modulon:inline-style',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const page = bundle['index.html'];
        if (page?.type !== 'asset') throw new Error('the build wrote no page');
        const html = String(page.source);
        const name = LINK.exec(html)?.[1];
        const sheet = name === undefined ? undefined : bundle[name];
        if (name === undefined || sheet?.type !== 'asset') throw new Error('the page has no style sheet');
        // A function, since a style sheet may hold `$`, which a replacement text would read.
        page.source = html.replace(LINK, () => `<style>${String(sheet.source).trim()}</style>`);
        Reflect.deleteProperty(bundle, name);
      },
    },
  };
}
