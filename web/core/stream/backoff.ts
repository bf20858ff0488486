/** Waiting between attempts: exponential with full jitter, so that many tabs do not come back in one wave. */
export interface Backoff {
  /** Milliseconds to wait before the next attempt. */
  next(): number;
  /** Something arrived: start again from the shortest wait. */
  reset(): void;
}

const FIRST_MS = 250;
const LONGEST_MS = 10_000;

export function backoff(random: () => number = Math.random): Backoff {
  let attempt = 0;
  return {
    next() {
      const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
      attempt += 1;
      return Math.round(ceiling * (0.5 + random() / 2));
    },
    reset() {
      attempt = 0;
    },
  };
}
