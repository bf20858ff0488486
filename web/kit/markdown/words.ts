/** What documents say by themselves; a module replaces it by the words of the person's language. */
export const documentWords = {
  code: 'Code',
  codeIn: (language: string): string => `${language} code`,
  copy: 'Copy',
  copied: 'Copied',
  wrap: 'Wrap lines',
  table: 'Table',
  copyCsv: 'Copy as CSV',
  copyMarkdown: 'Copy as Markdown',
  done: 'Done',
  open: 'Open',
  image: 'Image',
  imageFrom: (host: string): string => `Image at ${host}, not loaded`,
};

export type DocumentWords = typeof documentWords;

/** Replaces words; before the first document is shown. */
export function setDocumentWords(other: Partial<DocumentWords>): void {
  Object.assign(documentWords, other);
}
