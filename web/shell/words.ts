import { addMessages, setLocale, t } from '../core/i18n/index.js';
import { setWords } from '../kit/words/index.js';
import titles from 'virtual:modulon/titles';

import english from './locales/en.json';

/** Loads what the shell and the menus say, and gives the kit its words. */
export function startWords(): void {
  setLocale('en');
  addMessages('shell', english);
  for (const [key, text] of Object.entries(titles['en'] ?? {})) addTitle(key, text);
  setWords({
    close: t('shell.words.close'),
    menu: t('shell.words.menu'),
    show: t('shell.words.show'),
    hide: t('shell.words.hide'),
    loading: t('shell.words.loading'),
    previous: t('shell.words.previous'),
    next: t('shell.words.next'),
    dismiss: t('shell.words.dismiss'),
    of: (index, total) => t('shell.words.of', { index, total }),
    strength: (score, length) => t('shell.words.strength', { score, length }),
  });
}

function addTitle(key: string, text: string): void {
  const dot = key.indexOf('.');
  addMessages(key.slice(0, dot), { [key.slice(dot + 1)]: text });
}
