/**
 * Markdown that arrives piece by piece.
 *
 * The document is cut into top-level blocks. A block is frozen, and its DOM never touched again, once the first line of
 * the block after it is complete: a half-typed `2` must not end a list. Only the tail is rendered anew at each flush,
 * and an open code fence is only added to. Whatever the pieces, the end is the same DOM as for the whole text at once.
 */
import type { Token } from 'marked';

import { emptyBlock, renderBlock } from './block.js';
import { OpenFence, fenceOpening } from './fence.js';
import { languageOf } from './html.js';
import { splitBlocks, type Links } from './lexer.js';
import { unclosedMathAt } from './math.js';
import { plainParts, type MarkdownParts } from './parts.js';
import { settleTail } from './tail.js';

interface Frozen {
  raw: string;
  element: HTMLElement;
}

/** A top-level token and where it stands in the text that is not used up yet. */
interface Placed {
  token: Token;
  start: number;
  end: number;
}

function place(source: string): Placed[] {
  const placed: Placed[] = [];
  let start = 0;
  for (const token of splitBlocks(source)) {
    const end = start + token.raw.length;
    if (token.type !== 'space') placed.push({ token, start, end });
    start = end;
  }
  return placed;
}

/** How many of the blocks nothing that follows can change. */
function settledCount(source: string, blocks: readonly Placed[]): number {
  const openMath = unclosedMathAt(source);
  const limit = openMath < 0 ? source.length : openMath;
  let count = 0;
  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1];
    if (next === undefined || block.end > limit || !source.includes('\n', next.start)) break;
    count = index + 1;
  }
  return count;
}

export class MarkdownStream {
  readonly #root: HTMLElement;
  readonly #parts: MarkdownParts;
  readonly #links = Object.create(null) as Links;
  /** Frozen blocks that a later reference definition may change. */
  #referring: Frozen[] = [];
  #tail: HTMLElement[] = [];
  #pending = '';
  #carriageReturn = false;
  #fence: OpenFence | null = null;
  #done = false;

  /** @param root receives one element for each block and must hold nothing else */
  constructor(root: HTMLElement, parts: MarkdownParts = plainParts) {
    this.#root = root;
    this.#parts = parts;
  }

  /** Takes text without rendering it. */
  push(text: string): void {
    const whole = this.#carriageReturn ? `\r${text}` : text;
    this.#carriageReturn = whole.endsWith('\r');
    this.#pending += (this.#carriageReturn ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
  }

  /** Renders what was pushed since the last flush. */
  flush(): void {
    if (this.#done) return;
    while (this.#fence === null ? this.#flushBlocks() : this.#flushFence(this.#fence)) continue;
  }

  /** Nothing follows: all is rendered for good. */
  finish(): void {
    if (this.#done) return;
    if (this.#carriageReturn) this.#pending += '\n';
    this.#settle(() => {
      while (this.#pending !== '') {
        if (this.#fence === null) this.#flushBlocks(true);
        else this.#flushFence(this.#fence, true);
      }
      this.#fence?.feed('', true);
    });
    this.#done = true;
  }

  #flushFence(fence: OpenFence, done = false): boolean {
    const { used, closed } = fence.feed(this.#pending, done);
    this.#pending = this.#pending.slice(used);
    if (closed) this.#fence = null;
    return closed;
  }

  /** @returns whether a fence was opened, so that more can be done */
  #flushBlocks(done = false): boolean {
    const source = this.#pending;
    const blocks = place(source);
    const settled = done ? blocks.length : settledCount(source, blocks);
    const opening = this.#firstFence(source, blocks, done ? blocks.length : settled + 1);
    this.#dropTail();
    if (opening !== null) {
      this.#settle(() => { this.#freeze(blocks.slice(0, opening.index)); });
      this.#openFence(source.slice(opening.start));
      return true;
    }
    this.#settle(() => { this.#freeze(blocks.slice(0, settled)); });
    const used = done ? source.length : (blocks[settled - 1]?.end ?? 0);
    this.#pending = source.slice(used);
    if (!done) this.#showTail(this.#pending);
    return false;
  }

  /** The first of the first `count` blocks that is a fence with a complete opening line. */
  #firstFence(source: string, blocks: readonly Placed[], count: number): { index: number; start: number } | null {
    const openMath = unclosedMathAt(source);
    for (const [index, { token, start }] of blocks.slice(0, count).entries()) {
      if (openMath >= 0 && start > openMath) return null;
      if (token.type === 'code' && fenceOpening(source.slice(start)) !== null) return { index, start };
    }
    return null;
  }

  #openFence(source: string): void {
    const opening = fenceOpening(source);
    if (opening === null) return;
    const part = this.#parts.code(languageOf(opening.info));
    const block = emptyBlock();
    block.append(part.element);
    this.#root.append(block);
    this.#fence = new OpenFence(part, opening);
    this.#pending = source.slice(opening.length);
  }

  #freeze(blocks: readonly Placed[]): void {
    for (const { token } of blocks) {
      const element = renderBlock(token.raw, this.#links, this.#parts);
      if (element.childNodes.length > 0) this.#root.append(element);
      if (token.raw.includes('[') && token.type !== 'def') this.#referring.push({ raw: token.raw, element });
    }
  }

  /** Runs a step that freezes blocks; if it brought new definitions, blocks that may use them are rendered anew. */
  #settle(step: () => void): void {
    const known = Object.keys(this.#links).length;
    step();
    if (Object.keys(this.#links).length === known) return;
    for (const block of this.#referring) {
      const fresh = renderBlock(block.raw, this.#links, this.#parts);
      block.element.replaceWith(fresh);
      block.element = fresh;
    }
  }

  #dropTail(): void {
    for (const element of this.#tail) element.remove();
    this.#tail = [];
  }

  /** Shows what is not settled, with a copy of the definitions: a half-typed one counts for nothing. */
  #showTail(source: string): void {
    const links = Object.assign(Object.create(null) as Links, this.#links);
    this.#tail = place(settleTail(source))
      .map(({ token }) => renderBlock(token.raw, links, this.#parts))
      .filter((element) => element.childNodes.length > 0);
    this.#root.append(...this.#tail);
  }
}

/** Renders a whole document into `root`. */
export function renderMarkdown(root: HTMLElement, text: string, parts: MarkdownParts = plainParts): void {
  root.replaceChildren();
  const stream = new MarkdownStream(root, parts);
  stream.push(text);
  stream.finish();
}
