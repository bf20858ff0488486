/** Headings of a document take their place under the page's own: no level is left out, whatever the text began with. */

/**
 * Sets `aria-level` so that the first heading has `first`, and each further one is at most one level deeper than the
 * one before it. Headings of the same depth under the same parent keep the same level.
 */
export function levelHeadings(root: ParentNode, first: number): void {
  const open: number[] = [];
  for (const heading of root.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const depth = Number(heading.tagName.slice(1));
    while (open.length > 0 && (open.at(-1) ?? 0) >= depth) open.pop();
    open.push(depth);
    heading.setAttribute('aria-level', String(first + open.length - 1));
  }
}
