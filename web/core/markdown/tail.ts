/**
 * The unfinished end of a stream, made fit to be shown: marks that have no meaning yet are held back or closed, so that
 * nothing flashes up as a heading, a rule or stray asterisks. Only the tail passes through here, never a frozen block.
 */

/** A last line that may still become a list item, heading, rule, table or fence. */
const UNDECIDED_LINE = /(?:^|\n)[ \t]*(?:[-=*_+#>|~`:]+[ \t]*|\d{1,9}[.)]?[ \t]*|\[[^\]\n]*(?:\]:[^\n]*)?)$/;
/** The head of a table whose line of dashes has not arrived. */
const UNDECIDED_TABLE = /(?:^|\n\n)\|[^\n]*(?:\n[|:\- \t]*)?$/;
/** A link whose address has not arrived: its words are shown alone. */
const OPEN_LINK = /!?\[([^\]\n]*)\]\([^)\n]*$/;
const OPEN_MARK = /[*_~`$\\<[]+$/;

function isOdd(text: string, mark: string): boolean {
  return text.split(mark).length % 2 === 0;
}

/** Closes code and strong emphasis that were begun in the last paragraph. */
function closeInline(text: string): string {
  if (isOdd(text, '```')) return text;
  const paragraph = text.slice(text.lastIndexOf('\n\n') + 1).replaceAll('```', '');
  if (isOdd(paragraph, '`')) return `${text}\``;
  return isOdd(paragraph, '**') && !/\s$/.test(text) ? `${text}**` : text;
}

/** @param source the text that is not frozen yet, outside code fences */
export function settleTail(source: string): string {
  const decided = source.replace(UNDECIDED_LINE, '').replace(UNDECIDED_TABLE, '');
  return closeInline(decided.replace(OPEN_LINK, '$1').replace(OPEN_MARK, ''));
}
