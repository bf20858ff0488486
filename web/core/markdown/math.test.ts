import { describe, expect, it } from 'vitest';

import { renderMarkdown } from './index.js';

function formulas(text: string): string[] {
  const root = document.createElement('div');
  renderMarkdown(root, text);
  return [...root.querySelectorAll('.math')].map((node) => `${node.tagName === 'DIV' ? 'block ' : ''}${node.textContent}`);
}

describe('math', () => {
  it.each([
    ['$e^{i\\pi}$', ['e^{i\\pi}']],
    ['area $\\pi r^2$, length $2 \\pi r$.', ['\\pi r^2', '2 \\pi r']],
    ['$a_1 * b_1$ and $a_2 * b_2$', ['a_1 * b_1', 'a_2 * b_2']],
    ['\\(x_1\\)', ['x_1']],
    ['\\[x^2\\]', ['block x^2']],
    ['$$x^2$$', ['block x^2']],
    ['$$\nx\n= y\n- z\n$$', ['block x\n= y\n- z']],
    ['$n$th', ['n']],
  ])('is found in %j', (text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });

  it.each([
    'It costs $5 or $10.',
    'From $5 to 10$ each',
    '$5 for the A$ and so on$',
    'echo $HOME and $PATH',
    'US$5 and CA$6',
    '`$a$`',
    '```\n$a$\n```',
    '\\$a\\$',
    '$$',
    '$$\nopen\n\nand then',
    '$ a $',
  ])('is not found in %j', (text) => {
    expect(formulas(text)).toEqual([]);
  });
});
