/** What a browser finds wrong with what is written. */
export type Unfit = 'missing' | 'email' | 'short' | 'other';

/** The few words the kit says by itself; the shell replaces them by those of the person's language. */
export const words = {
  close: 'Close',
  menu: 'Open menu',
  show: 'Show password',
  hide: 'Hide password',
  loading: 'Loading',
  previous: 'Previous',
  next: 'Next',
  dismiss: 'Dismiss',
  lookAlikes: 'This name contains letters of several alphabets which look alike',
  unfit: (fault: Unfit, minimum: number): string =>
    ({ missing: 'Fill this in.', email: 'Write an email address.', short: `At least ${String(minimum)} characters.`, other: 'This is not accepted.' })[fault],
  of: (index: number, total: number): string => `${String(index)} / ${String(total)}`,
  strength: (score: number, length: number): string =>
    `${['Too short', 'Weak', 'Fair', 'Good', 'Strong'][score] ?? ''}, ${String(length)} characters`,
};

export type Words = typeof words;

/** Replaces words; before the first element is shown. */
export function setWords(other: Partial<Words>): void {
  Object.assign(words, other);
}
