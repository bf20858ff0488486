/** The lexer: GitHub's Markdown, math, and reference definitions that may stand anywhere. */
import { Lexer, Marked, Parser, type Links, type MarkedOptions, type Token, type Tokens } from 'marked';

import { SlotRenderer, type Slot } from './html.js';
import { mathExtension, type MathToken } from './math.js';

/** `[label]: address "title"` on one line. A title on the next line would let a block change after it was frozen. */
const DEFINITION = /^ {0,3}\[((?:\\.|[^[\]\\\n])+)\]:[ \t]*(<[^<>\n]*>|[^<\s]\S*)(?:[ \t]+("[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*(?:\n|$)/;

/** Labels match by Unicode case folding, as marked compares them. */
function foldLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase();
}

const marked = new Marked({ gfm: true }, mathExtension, {
  extensions: [
    {
      name: 'math',
      renderer(token) {
        const { renderer } = this.parser;
        return renderer instanceof SlotRenderer ? renderer.math(token as MathToken) : false;
      },
    },
  ],
  tokenizer: {
    def(source): Tokens.Def | undefined {
      const match = DEFINITION.exec(source);
      if (match?.[1] === undefined || match[2] === undefined) return undefined;
      return {
        type: 'def',
        raw: match[0],
        tag: foldLabel(match[1]),
        href: match[2].replace(/^<(.*)>$/, '$1'),
        title: match[3]?.slice(1, -1) ?? '',
      };
    },
  },
});

/** Each inline run is read by itself: an open `<a>` in one block has no say in another. */
class BlockLexer extends Lexer {
  #depth = 0;

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.#depth === 0) Object.assign(this.state, { inLink: false, inRawBlock: false, linkEmitted: false });
    this.#depth += 1;
    try {
      return super.inlineTokens(source, tokens);
    } finally {
      this.#depth -= 1;
    }
  }
}

function options(): MarkedOptions {
  return { ...marked.defaults };
}

/** Splits text into its top-level blocks; inline text is not read. */
export function splitBlocks(source: string): Token[] {
  return new BlockLexer(options()).blockTokens(source, []);
}

export interface BlockHtml {
  html: string;
  slots: readonly Slot[];
}

/**
 * Renders one top-level block to HTML that is not yet safe.
 * @param links reference definitions seen so far; those of this block are added, the first of a label wins
 */
export function blockHtml(raw: string, links: Links): BlockHtml {
  const lexer = new BlockLexer(options());
  lexer.tokens.links = links;
  const tokens = lexer.lex(raw);
  const renderer = new SlotRenderer();
  return { html: new Parser({ ...options(), renderer }).parse(tokens), slots: renderer.slots };
}

export { type Links };
