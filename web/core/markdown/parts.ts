/**
 * The pieces of a rendered document that are more than text. `web/kit/markdown` brings elements for them; the plain
 * ones here are enough for tests and wherever no element is wanted.
 */

/** A code block that may still grow. */
export interface CodePart {
  readonly element: HTMLElement;
  /** Adds text to the end; nothing shown before changes. */
  append(text: string): void;
  /** The text is complete: colours may be worked out. */
  close(): void;
}

export interface MarkdownParts {
  /** @param language first word of the info string, '' if there is none */
  code(language: string): CodePart;
  math(tex: string, display: boolean): HTMLElement;
  task(done: boolean): HTMLElement;
  /** Takes a sanitised table and returns what stands in its place. */
  table(table: HTMLTableElement): HTMLElement;
  /** An image that would load from elsewhere: nothing is fetched. `url` is null if it is no http(s) address. */
  remoteImage(alt: string, url: URL | null): HTMLElement;
  /** Whether an image of this address may load: for documents of our own. Without it none may. */
  ownImage?(source: string): boolean;
}

function element(tag: string, className: string, text: string): HTMLElement {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

export const plainParts: MarkdownParts = {
  code(language) {
    const pre = document.createElement('pre');
    const code = document.createElement('code');
    const text = document.createTextNode('');
    if (language !== '') code.dataset['language'] = language;
    code.append(text);
    pre.append(code);
    return { element: pre, append: (more) => text.appendData(more), close: () => undefined };
  },
  math: (tex, display) => element(display ? 'div' : 'span', 'math', tex),
  task: (done) => element('span', 'task', done ? '☑' : '☐'),
  table: (table) => table,
  remoteImage: (alt, url) => element('span', 'remote-image', `${alt} ${url?.host ?? ''}`.trim()),
};
