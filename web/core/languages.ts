import { isRightToLeft } from './i18n/direction.js';
import { storage } from './storage.js';

const KEPT = 'language';

let known: readonly string[] = ['en'];

/** The languages there are catalogues for. */
export function languages(): readonly string[] {
  return known;
}

/** Says which languages there are; the shell does, from its catalogues. */
export function setLanguages(tags: readonly string[]): void {
  known = ['en', ...tags.filter((tag) => tag !== 'en').toSorted()];
}

/** The one of *known* that fits a wanted tag: itself, or its language without the region. */
function fitting(wanted: string): string | undefined {
  const tag = wanted.toLowerCase();
  const exact = known.find((one) => one.toLowerCase() === tag);
  return exact ?? known.find((one) => one.toLowerCase() === tag.split('-')[0]);
}

/** The language to speak: the one chosen, else the first of the browser's that there is, else English. */
export function chosenLanguage(): string {
  const wanted = [storage.get(KEPT) ?? '', ...navigator.languages];
  for (const tag of wanted) {
    const found = tag === '' ? undefined : fitting(tag);
    if (found !== undefined) return found;
  }
  return 'en';
}

/** Keeps what was chosen (nothing: as the browser has it) for the next start of the page. */
export function keepLanguage(tag: string): void {
  if (tag === '') storage.remove(KEPT);
  else storage.set(KEPT, tag);
}

/** The language this page was begun in, whether or not its words came. */
let begun = 'en';

/** Chooses the language that the page is begun in. */
export function beginLanguage(): string {
  begun = chosenLanguage();
  return begun;
}

/** Whether another language was chosen since the page was begun. */
export function languageChanged(): boolean {
  return chosenLanguage() !== begun;
}

/** How the language calls itself: Deutsch, العربية. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}

/** Sets the page's language and direction. */
export function applyLanguage(tag: string): void {
  document.documentElement.lang = tag;
  document.documentElement.dir = isRightToLeft(tag) ? 'rtl' : 'ltr';
}
