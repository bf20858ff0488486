/**
 * Math for the Markdown lexer.
 *
 * `$` is math only when it must be: prices, shell variables and stray dollars stay text. Display math never holds a
 * blank line, so that an unclosed `$$` cannot swallow the rest of a document.
 */
import type { MarkedExtension, Tokens } from 'marked';

export interface MathToken extends Tokens.Generic {
  type: 'math';
  raw: string;
  tex: string;
  display: boolean;
}

const BLOCK_OPENER = /(?:^|\n) {0,3}(?:\$\$|\\\[)/;
const NO_BLANK_LINE = String.raw`(?:(?!\n[ \t]*\n)[\s\S])+?`;
const BLOCK_RULES = [
  new RegExp(String.raw`^ {0,3}\$\$(${NO_BLANK_LINE})\$\$[ \t]*(?:\n|$)`),
  new RegExp(String.raw`^ {0,3}\\\[(${NO_BLANK_LINE})\\\][ \t]*(?:\n|$)`),
];
const INLINE_RULES: readonly { rule: RegExp; display: boolean }[] = [
  { rule: new RegExp(String.raw`^\$\$(${NO_BLANK_LINE})\$\$`), display: true },
  { rule: new RegExp(String.raw`^\\\[(${NO_BLANK_LINE})\\\]`), display: true },
  { rule: new RegExp(String.raw`^\\\((${NO_BLANK_LINE})\\\)`), display: false },
  // no space inside the dollars, one line, and no digit after the closing one
  { rule: /^\$(?![\s$])((?:\\.|[^\\\n$])*?(?:\\.|[^\\\s$]))\$(?![\d$])/, display: false },
];
/** "$5 for the A$" is two prices, not a formula. */
const PRICE = /^\d[\d.,]*\s+\p{L}{2,}/u;
const WORD_END = /[\p{L}\p{N}\\$]$/u;

function mathToken(raw: string, tex: string, display: boolean): MathToken | undefined {
  const trimmed = tex.trim();
  return trimmed === '' ? undefined : { type: 'math', raw, tex: trimmed, display };
}

function lexBlock(source: string): MathToken | undefined {
  for (const rule of BLOCK_RULES) {
    const match = rule.exec(source);
    if (match?.[1] !== undefined) return mathToken(match[0], match[1], true);
  }
  return undefined;
}

function lexInline(source: string, before: string): MathToken | undefined {
  for (const { rule, display } of INLINE_RULES) {
    const match = rule.exec(source);
    if (match?.[1] === undefined) continue;
    const single = source.startsWith('$') && !display;
    if (single && (WORD_END.test(before) || PRICE.test(match[1]))) return undefined;
    return mathToken(match[0], match[1], display);
  }
  return undefined;
}

/** Index in `source` of a display opener at a line's start that has neither a closer nor a blank line after it, or -1. */
export function unclosedMathAt(source: string): number {
  const opener = /(?:^|\n) {0,3}(\$\$|\\\[)(?:(?!\n[ \t]*\n)[\s\S])*$/.exec(lastParagraph(source));
  if (opener?.[1] === undefined) return -1;
  const start = source.length - lastParagraph(source).length + opener.index;
  const closer = opener[1] === '$$' ? '$$' : '\\]';
  const body = source.slice(source.indexOf(opener[1], start) + 2);
  return body.includes(closer) ? -1 : start;
}

/** The text after the last blank line. */
function lastParagraph(source: string): string {
  const blank = /\n[ \t]*\n(?![\s\S]*\n[ \t]*\n)/.exec(source);
  return blank === null ? source : source.slice(blank.index + blank[0].length);
}

export const mathExtension: MarkedExtension = {
  extensions: [
    {
      name: 'math',
      level: 'block',
      start: (source) => BLOCK_OPENER.exec(source)?.index,
      tokenizer: (source) => lexBlock(source),
    },
    {
      name: 'math',
      level: 'inline',
      start: (source) => {
        const at = source.search(/\$|\\[[(]/);
        return at < 0 ? undefined : at;
      },
      tokenizer: (source, tokens) => lexInline(source, tokens.at(-1)?.raw ?? ''),
    },
  ],
};
