/** A file of conversations in portions the server takes, chosen by number and by size; the longest one is one alone. */

/** How many conversations the server writes or reads at once. */
export const PORTION = 20;
/** Characters of JSON after which nothing is added to a portion. */
const ENOUGH = 2_000_000;

/** How many of *items*, from *from* on, go together: at least one if there is one. */
export function portion(items: readonly unknown[], from: number, enough = ENOUGH): number {
  let count = 0;
  let size = 0;
  while (from + count < items.length && count < PORTION) {
    size += JSON.stringify(items[from + count]).length;
    if (count > 0 && size > enough) break;
    count += 1;
  }
  return count;
}

/** Where in the whole file something is that is at *pointer* of a portion which began with conversation *from*. */
export function placeInFile(pointer: string, from: number): string {
  return pointer.replace(/^conversations\/(\d+)/, (_, index: string) => `conversations/${String(from + Number(index))}`);
}
