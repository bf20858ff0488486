/** The first document would pay for compiling the lexer, the sanitiser and their patterns, in the middle of an answer. */
import { plainParts, renderMarkdown } from '../../core/markdown/index.js';

const SAMPLE = '# a\n\nb **c** `d` [e](https://f.example) $g$\n\n- h\n  1. i\n\n> j\n\n```js\nk\n```\n\n| l |\n|---|\n| m |\n\n<b>n</b>\n';

const whenIdle = (run: () => void): unknown => ('requestIdleCallback' in window ? requestIdleCallback(run) : setTimeout(run));

/** Renders a small document that is never shown, when the browser has time for it. */
export function warmUp(): void {
  whenIdle(() => { renderMarkdown(document.createElement('div'), SAMPLE, plainParts); });
}
