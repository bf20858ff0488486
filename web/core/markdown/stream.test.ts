import { describe, expect, it } from 'vitest';

import { documents } from './documents.fixture.js';
import { MarkdownStream, renderMarkdown } from './index.js';

const ROUNDS = 30;

/** A small generator with a seed, so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

function whole(text: string): string {
  const root = document.createElement('div');
  renderMarkdown(root, text);
  return root.innerHTML;
}

function pieces(text: string, random: () => number): string[] {
  const cut: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = 1 + Math.floor(random() * (random() < 0.5 ? 4 : 40));
    cut.push(text.slice(at, at + size));
    at += size;
  }
  return cut;
}

function streamed(text: string, random: () => number): string {
  const root = document.createElement('div');
  const stream = new MarkdownStream(root);
  for (const piece of pieces(text, random)) {
    stream.push(piece);
    if (random() < 0.8) stream.flush();
  }
  stream.finish();
  return root.innerHTML;
}

describe('any pieces give the same document as the whole text', () => {
  for (const [name, text] of Object.entries(documents)) {
    it(name, () => {
      const expected = whole(text);
      for (let seed = 1; seed <= ROUNDS; seed += 1) {
        expect(streamed(text, seeded(seed)), `seed ${String(seed)}`).toBe(expected);
      }
    });
  }

  it('all documents in one, a character at a time', () => {
    const text = Object.values(documents).join('\n\n');
    expect(streamed(text, () => 0)).toBe(whole(text));
  });
});

describe('a stream', () => {
  it('never touches a frozen block again', () => {
    const root = document.createElement('div');
    const stream = new MarkdownStream(root);
    stream.push('first\n\nsecond\n\nthird');
    stream.flush();
    const first = root.children[0];
    stream.push(' goes on\n\nfourth\n');
    stream.flush();
    stream.finish();
    expect(root.children[0]).toBe(first);
    expect(root.children).toHaveLength(4);
  });

  it('only adds to an open fence', () => {
    const root = document.createElement('div');
    const stream = new MarkdownStream(root);
    stream.push('```js\nlet a');
    stream.flush();
    const code = root.querySelector('code');
    expect(code?.textContent).toBe('let a');
    stream.push(' = 1\nlet b\n``');
    stream.flush();
    expect(root.querySelector('code')).toBe(code);
    expect(code?.textContent).toBe('let a = 1\nlet b');
    stream.push('`\ndone');
    stream.finish();
    expect(code?.textContent).toBe('let a = 1\nlet b');
    expect(root.lastElementChild?.textContent.trim()).toBe('done');
  });

  it('renders a block anew when a later definition names its link', () => {
    const root = document.createElement('div');
    const stream = new MarkdownStream(root);
    stream.push('See [here][1].\n\nNext.\n\n');
    stream.flush();
    expect(root.querySelector('a')).toBeNull();
    stream.push('[1]: https://a.example\n\nEnd.\n');
    stream.finish();
    expect(root.querySelector('a')?.href).toBe('https://a.example/');
  });

  it('shows no half-typed marks', () => {
    const root = document.createElement('div');
    const stream = new MarkdownStream(root);
    stream.push('Intro:\n-');
    stream.flush();
    expect(root.querySelector('h2')).toBeNull();
    expect(root.textContent.trim()).toBe('Intro:');
    stream.push(' a **bold');
    stream.flush();
    expect(root.querySelector('li strong')?.textContent).toBe('bold');
  });
});
