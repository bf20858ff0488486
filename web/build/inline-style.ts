import type { Plugin, Rolldown } from 'vite';

type Bundle = Rolldown.OutputBundle;

/** Puts the shell's one small style sheet into the page: a request less before the first paint. */
export function inlineStyle(): Plugin[] {
  let sheet = '';
  return [
    {
      name: 'modulon:inline-style:take',
      apply: 'build',
      generateBundle: {
        // Before the page and the chunks' preloads are written, else both would ask for a file that is not there.
        order: 'pre',
        handler(_options, bundle) {
          sheet = takeSheet(bundle);
        },
      },
    },
    {
      name: 'modulon:inline-style:put',
      apply: 'build',
      enforce: 'post',
      generateBundle: {
        order: 'post',
        handler(_options, bundle) {
          const page = bundle['index.html'];
          if (page?.type !== 'asset') throw new Error('the build wrote no page');
          // A function, since a style sheet may hold `$`, which a replacement text would read.
          page.source = String(page.source).replace('</head>', () => `<style>${sheet}</style></head>`);
        },
      },
    },
  ];
}

/** Takes the only style sheet out of the bundle and forgets that chunks need it. */
function takeSheet(bundle: Bundle): string {
  const names = new Set<string>();
  for (const file of Object.values(bundle)) {
    if (file.type !== 'chunk') continue;
    for (const name of file.viteMetadata?.importedCss ?? []) names.add(name);
    file.viteMetadata?.importedCss.clear();
  }
  const [name] = names;
  const asset = name === undefined ? undefined : bundle[name];
  if (name === undefined || names.size > 1 || asset?.type !== 'asset') throw new Error('one style sheet is expected');
  Reflect.deleteProperty(bundle, name);
  return String(asset.source).trim();
}
