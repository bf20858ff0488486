import { addMessages, setLocale, t, type Messages } from '../core/i18n/index.js';
import { applyLanguage, beginLanguage, setLanguages } from '../core/languages.js';
import { setWords } from '../kit/words/index.js';
import titles from 'virtual:modulon/titles';

import english from './locales/en.json';

/** The shell's other catalogues: a language is there if its catalogue is. */
const catalogues = import.meta.glob<Messages>(['./locales/*.json', '!./locales/en.json'], { import: 'default' });
const TAG = /([A-Za-z0-9-]+)\.json$/;

/** Loads what the shell and the menus say in the person's language, English where it says nothing. */
export async function startWords(): Promise<void> {
  const byTag = new Map(Object.entries(catalogues).map(([path, load]) => [TAG.exec(path)?.[1] ?? '', load]));
  setLanguages([...byTag.keys()]);
  const tag = beginLanguage();
  // A catalogue that does not come leaves a page in English, not none.
  const translated = await byTag.get(tag)?.().catch(() => undefined);
  const spoken = translated ? tag : 'en';
  setLocale(spoken);
  applyLanguage(spoken);
  addMessages('shell', english);
  if (translated) addMessages('shell', translated);
  for (const language of new Set(['en', spoken])) addTitles(titles[language] ?? {});
  speakKit();
}

function speakKit(): void {
  setWords({
    close: t('shell.words.close'),
    menu: t('shell.words.menu'),
    show: t('shell.words.show'),
    hide: t('shell.words.hide'),
    loading: t('shell.words.loading'),
    previous: t('shell.words.previous'),
    next: t('shell.words.next'),
    dismiss: t('shell.words.dismiss'),
    lookAlikes: t('shell.words.look_alikes'),
    unfit: (fault, minimum) => t('shell.words.unfit', { fault, minimum }),
    of: (index, total) => t('shell.words.of', { index, total }),
    strength: (score, length) => t('shell.words.strength', { score, length }),
  });
}

function addTitles(texts: Record<string, string>): void {
  for (const [key, text] of Object.entries(texts)) {
    const dot = key.indexOf('.');
    addMessages(key.slice(0, dot), { [key.slice(dot + 1)]: text });
  }
}
