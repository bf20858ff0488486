/** Which paths are pages of this application: the only links of a document that lead within it. */

let known: (path: string) => boolean = () => false;

/** Said once, by the shell, which knows the pages. */
export function setOwnPages(isPage: (path: string) => boolean): void {
  known = isPage;
}

/** The path of a page, with its query and anchor, or null for anything else: other servers, the API, files. */
export function ownPage(text: string): string | null {
  if (!text.startsWith('/') || !URL.canParse(text, location.origin)) return null;
  const url = new URL(text, location.origin);
  if (url.origin !== location.origin || !known(url.pathname)) return null;
  return url.pathname + url.search + url.hash;
}
