/** Addresses of the module's pages. */
export const HELP = '/help';

/** Where a page is shown, by its id, `guide/providers`. */
export function helpPath(page: string, anchor = ''): string {
  return `${HELP}/${page}${anchor === '' ? '' : `#${anchor}`}`;
}
