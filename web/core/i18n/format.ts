/**
 * ICU messages, the part we use: `{name}`, `{n, number}`, `{n, plural, =0 {…} one {…} other {…}}`, `selectordinal`,
 * `select`, `#`, and `'{'` for a literal. A hundred lines instead of the 10 KB of a library in the first load.
 */

import { isRightToLeft } from './direction.js';

export type Params = Record<string, string | number>;

/** A piece of a message: text, a value, or what is written for the cases of a value. */
export type Part = string | { name: string } | { name: string; kind: Kind; cases: Map<string, Part[]> };
type Kind = 'plural' | 'selectordinal' | 'select';

/** Stands for the number within the cases of a plural. */
const COUNT = '\u0000#';

class Parser {
  #at = 0;

  constructor(private readonly text: string) {}

  parts(nested: boolean): Part[] {
    const parts: Part[] = [];
    let literal = '';
    const flush = (): void => {
      if (literal) parts.push(literal);
      literal = '';
    };
    while (this.#at < this.text.length) {
      const char = this.text[this.#at] ?? '';
      if (char === '}' && nested) break;
      if (char === "'" && /['{}#]/.test(this.text[this.#at + 1] ?? '')) {
        literal += this.#quoted();
      } else if (char === '{') {
        flush();
        parts.push(this.#argument());
      } else {
        if (char === '#' && nested) {
          flush();
          parts.push(COUNT);
        } else literal += char;
        this.#at += 1;
      }
    }
    flush();
    return parts;
  }

  #quoted(): string {
    if (this.text[this.#at + 1] === "'") {
      this.#at += 2;
      return "'";
    }
    const end = this.text.indexOf("'", this.#at + 1);
    const quoted = this.text.slice(this.#at + 1, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.text.length : end + 1;
    return quoted;
  }

  #argument(): Part {
    const name = this.#word();
    if (this.#take() === '}') return { name };
    const kind = this.#word();
    if (this.#take() === '}') return { name };
    return { name, kind: kind as Kind, cases: this.#cases() };
  }

  #cases(): Map<string, Part[]> {
    const cases = new Map<string, Part[]>();
    for (let key = this.#word(); key !== ''; key = this.#word()) {
      const parts = this.parts(true);
      this.#at += 1;
      cases.set(key, parts);
    }
    this.#at += 1;
    return cases;
  }

  /** What stands before the next `{`, `}` or `,`; stops behind a `{`, before the others. */
  #word(): string {
    this.#at += this.text[this.#at] === '{' ? 1 : 0;
    const start = this.#at;
    while (this.#at < this.text.length && !/[{},]/.test(this.text[this.#at] ?? '')) this.#at += 1;
    const word = this.text.slice(start, this.#at).trim();
    if (this.text[this.#at] === '{') this.#at += 1;
    return word;
  }

  #take(): string {
    const char = this.text[this.#at] ?? '}';
    this.#at += 1;
    return char;
  }
}

function chosen(cases: Map<string, Part[]>, kind: Kind, value: string | number, locale: string): Part[] {
  const exact = cases.get(kind === 'select' ? String(value) : `=${String(value)}`);
  if (exact) return exact;
  const type = kind === 'selectordinal' ? 'ordinal' : 'cardinal';
  const category = kind === 'select' ? 'other' : new Intl.PluralRules(locale, { type }).select(Number(value));
  return cases.get(category) ?? cases.get('other') ?? [];
}

/** Letters that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Overrides and embeddings: nothing that is put into a sentence may turn the rest of it round. */
const TURNING = /[\u202A-\u202E]/g;
const ISOLATES = /[\u2066-\u2069]/g;

/** Text without controls that would reach beyond it; isolates that are closed again, as those below, stay. */
function contained(text: string): string {
  const straight = text.replace(TURNING, '');
  let open = 0;
  for (const [mark] of straight.matchAll(ISOLATES)) {
    open += mark === '\u2069' ? -1 : 1;
    if (open < 0) break;
  }
  return open === 0 ? straight : straight.replace(ISOLATES, '');
}

/**
 * A number as the language writes it. Text stands by itself (between U+2068 and U+2069) in a sentence from right to
 * left, or if it runs from right to left: a name or an address would else pull the sentence's end to its side.
 */
function written(value: string | number, locale: string): string {
  if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
  const text = contained(value);
  const apart = text !== '' && (isRightToLeft(locale) || RIGHT_TO_LEFT.test(text));
  return apart ? `\u2068${text}\u2069` : text;
}

function render(parts: readonly Part[], params: Params, locale: string, count: string): string {
  return parts
    .map((part) => {
      if (part === COUNT) return count;
      if (typeof part === 'string') return part;
      const value = params[part.name] ?? '';
      if (!('cases' in part)) return written(value, locale);
      return render(chosen(part.cases, part.kind, value, locale), params, locale, written(value, locale));
    })
    .join('');
}

/** The pieces of *message*. */
export function parse(message: string): Part[] {
  return new Parser(message).parts(false);
}

/** A function that writes *message* with the values it is given. */
export function compile(message: string, locale: string): (params: Params) => string {
  if (!/[{']/.test(message)) return () => message;
  const parts = parse(message);
  return (params) => render(parts, params, locale, '');
}
