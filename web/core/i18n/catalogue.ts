import { compile, type Params } from './format.js';

/** Messages of one module: nested or flat (`{"commands": {"new": …}}` is `{"commands.new": …}`). */
export interface Messages {
  [key: string]: string | Messages;
}

const SUPPORTED = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/;

let current = 'en';
const messages = new Map<string, string>();
const compiled = new Map<string, (params: Params) => string>();

/** The language of the interface, a BCP 47 tag. */
export function locale(): string {
  return current;
}

/** Sets the language; before the first message is written, since nothing on the page is written again. */
export function setLocale(value: string): void {
  current = SUPPORTED.test(value) ? value : 'en';
  compiled.clear();
}

/** Adds the messages of *owner* (a module's slug). What is added later replaces what was there. */
export function addMessages(owner: string, added: Messages): void {
  for (const [key, value] of Object.entries(added)) {
    const name = `${owner}.${key}`;
    if (typeof value !== 'string') addMessages(name, value);
    else {
      messages.set(name, value);
      compiled.delete(name);
    }
  }
}

let fetchWords: (owner: string) => Promise<unknown> = () => Promise.resolve();

/** Sets how the words of a module (by its slug) that is not loaded yet are got. */
export function setWordsSource(source: typeof fetchWords): void {
  fetchWords = source;
}

/** Gets the words of *owner*, for one who says something of it without showing it; they may not come. */
export async function wordsOf(owner: string): Promise<void> {
  await fetchWords(owner).catch(() => undefined);
}

/** Whether there is such a message. */
export function hasMessage(key: string): boolean {
  return messages.has(key);
}

/** The message of this key in the person's language. A missing one shows its key: visible, never empty. */
export function t(key: string, params: Params = {}): string {
  let write = compiled.get(key);
  if (!write) {
    const message = messages.get(key);
    if (message === undefined) return key;
    write = compile(message, current);
    compiled.set(key, write);
  }
  return write(params);
}
