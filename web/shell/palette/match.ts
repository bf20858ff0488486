/** Where the letters of a query stand in a text. */
export interface Match {
  /** The better, the higher. */
  score: number;
  /** Index of each matched character. */
  at: readonly number[];
}

const WORD_START = 8;
const IN_ROW = 5;
const WHOLE = 40;

/**
 * Finds the letters of *query* in *text*, in order. A run and the start of a word count more, so that `ctm` finds
 * "Change the model" and `mod` prefers "model" to "some odd".
 */
export function matchText(query: string, text: string): Match | undefined {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
  const lower = text.toLowerCase();
  if (wanted === '') return { score: 0, at: [] };
  const whole = lower.indexOf(query.toLowerCase().trim());
  if (whole >= 0) return { score: WHOLE + scoreOf(lower, range(whole, query.trim().length)), at: range(whole, query.trim().length) };
  return spread(wanted, lower);
}

function range(start: number, length: number): number[] {
  return Array.from({ length }, (_, index) => start + index);
}

function spread(wanted: string, lower: string): Match | undefined {
  const at: number[] = [];
  let from = 0;
  for (const letter of wanted) {
    const next = bestNext(lower, letter, from);
    if (next < 0) return undefined;
    at.push(next);
    from = next + 1;
  }
  return { score: scoreOf(lower, at), at };
}

/** The next such letter at the start of a word, unless it comes right behind the last one. */
function bestNext(lower: string, letter: string, from: number): number {
  const first = lower.indexOf(letter, from);
  if (first === from || first < 0) return first;
  for (let at = first; at >= 0; at = lower.indexOf(letter, at + 1)) if (startsWord(lower, at)) return at;
  return first;
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ');
}

function scoreOf(text: string, at: readonly number[]): number {
  let score = -text.length / 50;
  at.forEach((position, index) => {
    if (startsWord(text, position)) score += WORD_START;
    if (index > 0 && at[index - 1] === position - 1) score += IN_ROW;
    score -= position / 100;
  });
  return score;
}

/** *text* cut where a match begins and ends: `[['Chu', true], ['rn', false]]`. */
export function marked(text: string, at: readonly number[]): [part: string, matched: boolean][] {
  const hit = new Set(at);
  const parts: [string, boolean][] = [];
  for (const [index, char] of Array.from({ length: text.length }, (_, i) => text[i] ?? '').entries()) {
    const last = parts.at(-1);
    if (last?.[1] === hit.has(index)) last[0] += char;
    else parts.push([char, hit.has(index)]);
  }
  return parts;
}
