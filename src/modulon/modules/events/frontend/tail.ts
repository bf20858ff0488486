import type { EventPage, LoggedEvent } from './api.js';

/** More rows are never in the page. */
export const MOST = 500;

/**
 * What is seen of the log: rows, newest first, and what came since and is held back. `torn` says that what came later
 * does not join the rows: to see it, the page begins anew.
 */
export interface Tail {
  items: readonly LoggedEvent[];
  /** Where older ones begin. */
  next: string | null;
  /** What comes later comes after this. */
  end: string;
  held: readonly LoggedEvent[];
  torn: boolean;
}

export function begin(page: EventPage): Tail {
  return { items: page.items, next: page.next, end: page.end, held: [], torn: false };
}

/** Takes in what came after `end`; with *holding* it waits in `held`. */
export function received(tail: Tail, page: EventPage, holding: boolean): Tail {
  const { end } = page;
  if (page.items.length === 0) return holding || tail.torn ? { ...tail, end } : released({ ...tail, end });
  const held = [...page.items, ...tail.held].slice(0, MOST);
  // More came than one page holds: what lies between is not known here.
  const torn = tail.torn || page.next !== null;
  const gathered = { ...tail, end, held, torn };
  return holding ? gathered : released(gathered, page);
}

/** Shows what was held back. If it does not join the rows, they begin anew with *page*. */
export function released(tail: Tail, page?: EventPage): Tail {
  if (tail.torn) return page === undefined ? tail : begin({ ...page, end: tail.end });
  const all = [...tail.held, ...tail.items];
  const items = all.slice(0, MOST);
  return { ...tail, items, held: [], next: all.length > MOST ? (items.at(-1)?.position ?? null) : tail.next };
}

/** Adds older rows below; the newest leave where there would be too many. */
export function older(tail: Tail, page: EventPage): Tail {
  const all = [...tail.items, ...page.items];
  return { ...tail, items: all.slice(-MOST), next: page.next, torn: tail.torn || all.length > MOST };
}

/** The rows beside one that is shown: the newer and the older one. */
export function beside(tail: Tail, seq: number): { newer: number | undefined; older: number | undefined } {
  const at = tail.items.findIndex((one) => one.seq === seq);
  return { newer: at > 0 ? tail.items[at - 1]?.seq : undefined, older: at < 0 ? undefined : tail.items[at + 1]?.seq };
}
