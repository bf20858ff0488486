import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import './index.js';
import type { CopyRequest, KMarkdown } from './index.js';

let element: KMarkdown;

beforeEach(() => {
  element = document.createElement('k-markdown');
  document.body.append(element);
});

afterEach(() => {
  element.remove();
});

const root = (): ShadowRoot => element.shadowRoot as ShadowRoot;

async function show(text: string, live = false): Promise<void> {
  element.text = text;
  element.live = live;
  await element.updateComplete;
}

describe('k-markdown', () => {
  it('renders a document and keeps its frozen blocks while it grows', async () => {
    await show('# One\n\nTwo\n\nThr', true);
    const heading = root().querySelector('h1');
    await show('# One\n\nTwo\n\nThree\n\nFour', false);
    expect(root().querySelector('h1')).toBe(heading);
    expect(root().textContent.replace(/\s+/g, ' ')).toContain('One Two Three Four');
  });

  it('renders anew when the text is another one', async () => {
    await show('one two', true);
    await show('one', true);
    await show('three', false);
    expect(root().querySelector('.document')?.textContent.trim()).toBe('three');
    await show('three four', false);
    expect(root().querySelector('.document')?.textContent.trim()).toBe('three four');
  });

  it('shows code with its language, and asks to copy it', async () => {
    await show('```py\nx = 1\n```');
    const block = root().querySelector('k-code-block');
    await block?.updateComplete;
    const copied: string[] = [];
    element.addEventListener('k-copy', (event) => copied.push((event as CustomEvent<CopyRequest>).detail.text));
    block?.shadowRoot?.querySelectorAll('button')[1]?.click();
    expect(copied).toEqual(['x = 1']);
    expect(block?.shadowRoot?.querySelector('.language')?.textContent).toBe('Python');
  });

  it('copies a table as CSV and as Markdown', async () => {
    await show('| a | b |\n|---|--:|\n| x, "y" | -1 |\n| =SUM(A1) | 2 |');
    const frame = root().querySelector('k-table-frame');
    await frame?.updateComplete;
    const copied: string[] = [];
    element.addEventListener('k-copy', (event) => copied.push((event as CustomEvent<CopyRequest>).detail.text));
    for (const button of frame?.shadowRoot?.querySelectorAll('button') ?? []) button.click();
    expect(copied).toEqual([
      'a,b\r\n"x, ""y""",-1\r\n\'=SUM(A1),2',
      '| a | b |\n| --- | --: |\n| x, "y" | -1 |\n| =SUM(A1) | 2 |',
    ]);
  });

  it('shows formulas with KaTeX', async () => {
    await show('$e^{i\\pi}$ and\n\n$$\\frac{a}{b}$$');
    await expect.poll(() => root().querySelectorAll('.katex').length).toBe(2);
    expect(root().querySelectorAll('math')).toHaveLength(2);
  });

  it('does not load what is elsewhere', async () => {
    await show('![a cat](https://elsewhere.example/cat.png)');
    expect(root().querySelector('img')).toBeNull();
    expect(root().querySelector('a')?.textContent).toContain('elsewhere.example');
  });

  it('loads images of our own server only from where it is told', async () => {
    element.images = '/api/pictures/';
    await show('![near](/api/pictures/a.png) ![out](/api/pictures/../keys) ![far](//e.example/api/pictures/b.png)');
    expect([...root().querySelectorAll('img')].map(({ alt }) => alt)).toEqual(['near']);
  });

  it('puts its headings under those of the page without leaving out a level', async () => {
    await show('### a\n\n# b\n\n### c\n\n### d\n\n## e');
    const levels = [...root().querySelectorAll('h1, h2, h3')].map((heading) => heading.ariaLevel);
    expect(levels).toEqual(['3', '3', '4', '4', '4']);
  });

  it('colours code when it is complete', async () => {
    await show('```js\nconst a = 1;\n```\n\nend');
    const block = root().querySelector('k-code-block');
    await expect.poll(() => block?.shadowRoot?.querySelector('.k')?.textContent).toBe('const');
    expect(block?.shadowRoot?.querySelector('code')?.textContent).toBe('const a = 1;');
  });
});
