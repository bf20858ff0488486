/** KaTeX, its style and its fonts: loaded with the first formula. */
import type { KatexOptions } from 'katex';

interface Renderer {
  render(tex: string, element: HTMLElement, options: KatexOptions): void;
  sheet: CSSStyleSheet;
}

const OPTIONS: KatexOptions = {
  throwOnError: false,
  strict: 'ignore',
  trust: false,
  maxExpand: 1000,
  maxSize: 30,
  output: 'htmlAndMathml',
};
/** Formulas of the unfinished tail are shown again with each flush. */
const CACHED = 200;

let loading: Promise<Renderer> | null = null;
let renderer: Renderer | null = null;
const cache = new Map<string, HTMLElement>();

async function load(): Promise<Renderer> {
  const [{ default: katex }, { default: css }] = await Promise.all([
    import('katex'),
    import('katex/dist/katex.min.css?inline'),
  ]);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  // fonts declared inside a shadow root have no effect
  document.adoptedStyleSheets.push(sheet);
  return { render: (tex, element, options) => { katex.render(tex, element, options); }, sheet };
}

function show(element: HTMLElement, tex: string, display: boolean, { render, sheet }: Renderer): void {
  const key = `${String(display)} ${tex}`;
  let known = cache.get(key);
  if (known === undefined) {
    known = document.createElement('span');
    render(tex, known, { ...OPTIONS, displayMode: display });
    cache.set(key, known);
    const oldest = cache.keys().next().value;
    if (cache.size > CACHED && oldest !== undefined) cache.delete(oldest);
  }
  element.replaceChildren(...known.cloneNode(true).childNodes);
  adopt(element, sheet);
}

/** Gives the style to the shadow root that the formula ends up in. */
function adopt(element: HTMLElement, sheet: CSSStyleSheet): void {
  queueMicrotask(() => {
    const root = element.getRootNode();
    if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  });
}

/** Shows `tex` in `element`: at once if KaTeX is there, else as text until it is. */
export function showMath(element: HTMLElement, tex: string, display: boolean): void {
  if (renderer !== null) {
    show(element, tex, display, renderer);
    return;
  }
  element.textContent = tex;
  loading ??= load();
  loading.then(
    (loaded) => {
      renderer = loaded;
      show(element, tex, display, loaded);
    },
    // without it the formula stays readable as it was written
    () => (loading = null),
  );
}
