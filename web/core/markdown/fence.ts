/**
 * An open code fence in a stream. While it is open no Markdown is parsed: lines are only added to the block's text. A
 * line that could still become the closing fence is held back until it is complete.
 */
import type { CodePart } from './parts.js';

export interface FenceOpening {
  /** Length of the opening line with its line end. */
  length: number;
  info: string;
  indent: number;
  marker: string;
}

/** The opening line at the start of `source`, if that line is complete. */
export function fenceOpening(source: string): FenceOpening | null {
  const match = /^( {0,3})(`{3,}(?=[^`\n]*\n)|~{3,})([^\n]*)\n/.exec(source);
  if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) return null;
  return { length: match[0].length, info: match[3], indent: match[1].length, marker: match[2] };
}

export class OpenFence {
  readonly #closing: RegExp;
  readonly #strip: RegExp;
  #firstLine = true;
  /** Whether the current line was begun, and how much of it is shown. */
  #begun = false;
  #shown = 0;

  constructor(
    readonly part: CodePart,
    opening: FenceOpening,
  ) {
    this.#closing = new RegExp(`^ {0,3}${opening.marker}[\`~]* *$`);
    this.#strip = new RegExp(`^ {0,${String(opening.marker.startsWith('`') ? opening.indent : 0)}}`);
  }

  /**
   * Takes what has arrived so far.
   * @param source text from the first line that is not complete yet
   * @param done whether nothing will follow
   * @returns how many characters are used up, and whether the fence is closed
   */
  feed(source: string, done: boolean): { used: number; closed: boolean } {
    let used = 0;
    for (let end = source.indexOf('\n'); end !== -1; end = source.indexOf('\n', used)) {
      const line = source.slice(used, end);
      if (this.#closing.test(line)) return this.#close(end);
      this.#show(line, true);
      used = end + 1;
    }
    const rest = source.slice(used);
    if (done) return this.#finish(rest, source.length);
    if (rest !== '' && !/^ *[`~]* *$/.test(rest)) this.#show(rest, false);
    return { used, closed: false };
  }

  #finish(rest: string, length: number): { used: number; closed: boolean } {
    if (rest !== '' && !this.#closing.test(rest)) this.#show(rest, true);
    return this.#close(length);
  }

  #close(used: number): { used: number; closed: boolean } {
    this.part.close();
    return { used, closed: true };
  }

  /** Shows what is new of a line. */
  #show(line: string, complete: boolean): void {
    const text = line.replace(this.#strip, '');
    let fresh = text.slice(this.#shown);
    if (!this.#begun && !this.#firstLine) fresh = `\n${fresh}`;
    this.#firstLine = false;
    this.#begun = !complete;
    this.#shown = complete ? 0 : text.length;
    if (fresh !== '') this.part.append(fresh);
  }
}
