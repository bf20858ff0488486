/** A table as text, for the clipboard. */

function cells(table: HTMLTableElement): string[][] {
  return [...table.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, ' ')));
}

/** A cell that begins so would be run as a formula by a spreadsheet; numbers stay numbers. */
function isFormula(cell: string): boolean {
  return /^[=@\t\r]/.test(cell) || (/^[+-]/.test(cell) && !/^[+-][\d.,\s]*[%\p{Sc}]?$/u.test(cell));
}

function csvCell(cell: string): string {
  const safe = isFormula(cell) ? `'${cell}` : cell;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180. */
export function tableToCsv(table: HTMLTableElement): string {
  return cells(table)
    .map((row) => row.map(csvCell).join(','))
    .join('\r\n');
}

const DASHES: Readonly<Record<string, string>> = { left: ':--', center: ':-:', right: '--:' };

export function tableToMarkdown(table: HTMLTableElement): string {
  const [head = [], ...body] = cells(table).map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const dashes = head.map((_, column) => DASHES[table.rows[0]?.cells[column]?.getAttribute('align') ?? ''] ?? '---');
  return [head, dashes, ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
