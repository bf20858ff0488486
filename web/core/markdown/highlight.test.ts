import { describe, expect, it } from 'vitest';

import { readColours } from './colours.js';
import { colouredText, highlight } from './highlight.js';

function html(text: string, colours: Parameters<typeof colouredText>[1]): string {
  const root = document.createElement('div');
  root.append(colouredText(text, colours));
  return root.innerHTML;
}

describe('colours', () => {
  it('cover the text exactly', async () => {
    const code = 'const a = "<b>&amp;" // it\'s\nlet f = (x) => `${x + 1}`;\n';
    const colours = await highlight(code, 'ts');
    const root = document.createElement('div');
    root.append(colouredText(code, colours ?? { lengths: [], colours: [] }));
    expect(root.textContent).toBe(code);
    expect(root.querySelector('.k')?.textContent).toBe('const');
    expect(root.querySelector('.s')?.textContent).toBe('"<b>&amp;"');
    expect(root.querySelector('.c')?.textContent).toBe("// it's");
  });

  it('are read from nested spans without making DOM of them', () => {
    const colours = readColours('<span class="hljs-string">&quot;a<span class="hljs-subst">b</span>&lt;</span> <img>');
    expect(colours).toEqual({ lengths: [4, 5], colours: ['s', ''] });
    expect(html('"ab< <img', colours)).toBe('<span class="s">"ab&lt;</span> &lt;img');
  });

  it('are missing for an unknown language and for very long code', async () => {
    expect(await highlight('x', 'no-such-language')).toBeNull();
    expect(await highlight('x', '')).toBeNull();
    expect(await highlight('x'.repeat(200_001), 'js')).toBeNull();
  });
});
