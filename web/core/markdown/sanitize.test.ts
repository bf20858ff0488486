import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { setOwnPages } from '../own-pages.js';
import { MarkdownStream, renderMarkdown } from './index.js';
import { payloads } from './payloads.fixture.js';

declare global {
  interface Window {
    hit?: number;
  }
}

const LOADING = 'script,iframe,object,embed,link,meta,base,style,video,audio,source,form,input,svg,template,[style],[srcset],[id]';

function handlers(root: ParentNode): string[] {
  return [...root.querySelectorAll('*')].flatMap((node) =>
    [...node.attributes].filter(({ name }) => name.startsWith('on')).map(({ name }) => name),
  );
}

function addresses(root: ParentNode): string[] {
  const links = [...root.querySelectorAll('[href]')].map((node) => node.getAttribute('href') ?? '');
  const sources = [...root.querySelectorAll('[src]')].map((node) => node.getAttribute('src') ?? '');
  return [...links.filter((to) => !/^(?:https?|mailto):/i.test(to)), ...sources.filter((to) => !to.startsWith('data:image/'))];
}

/** Does what a person could do by accident. */
function provoke(root: ParentNode): void {
  for (const node of root.querySelectorAll('*')) {
    for (const type of ['mouseover', 'pointerenter', 'focus', 'toggle', 'error', 'load', 'animationstart']) {
      node.dispatchEvent(new Event(type));
    }
  }
}

let root: HTMLElement;

beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
  delete window.hit;
});

afterEach(() => {
  root.remove();
});

async function expectHarmless(payload: string): Promise<void> {
  expect(root.querySelector(LOADING), payload).toBeNull();
  expect(handlers(root), payload).toEqual([]);
  expect(addresses(root), payload).toEqual([]);
  provoke(root);
  await new Promise(requestAnimationFrame);
  expect(window.hit, payload).toBeUndefined();
}

describe('test_d01 no payload gets through', () => {
  it('has at least 100', () => {
    expect(new Set(payloads).size).toBeGreaterThanOrEqual(100);
  });

  it('as a whole', async () => {
    for (const payload of payloads) {
      renderMarkdown(root, payload);
      await expectHarmless(payload);
    }
  });

  it('inside other text, as a stream', async () => {
    for (const payload of payloads) {
      root.replaceChildren();
      const stream = new MarkdownStream(root);
      for (const piece of `- a ${payload}\n\nafter\n`.match(/[\s\S]{1,7}/g) ?? []) {
        stream.push(piece);
        stream.flush();
      }
      stream.finish();
      await expectHarmless(payload);
    }
  });

  it('test_d05 nothing was asked from elsewhere', () => {
    const asked = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(asked.filter((name) => name.includes('evil.example'))).toEqual([]);
  });
});

describe('links and images', () => {
  it('open apart from the page and say where they lead', () => {
    renderMarkdown(root, '[https://good.example](https://bad.example/x) [words](https://a.example)');
    const [lying, honest] = root.querySelectorAll('a');
    expect(lying?.textContent).toBe('https://good.example (bad.example)');
    expect(honest?.textContent).toBe('words');
    expect(honest?.rel).toBe('noopener noreferrer nofollow');
    expect(honest?.target).toBe('_blank');
  });

  const flagged: [string, string][] = [
    ['a host in Cyrillic letters', '[example](https://аррӏе.com/x)'],
    ['its address as it stands', '<https://аррӏе.com>'],
    ['words in Cyrillic letters', '[аррӏе.com](https://evil.example)'],
    ['an address among words', '[Go to https://good.example, please](https://evil.example)'],
    ['a name with www among words', '[Go to www.good.example.](https://evil.example)'],
    ['an override', '[evil\u202Emoc.doog](https://evil.example)'],
    ['an isolate', '[\u2067good\u2069](https://evil.example)'],
    ['an invisible sign', '[go\u200Bod](https://evil.example)'],
    ['a host with an invisible sign', '[go\u200Dod.example](https://evil.example)'],
    ['tags', '[good\u{E0041}](https://evil.example)'],
    ['a name before the host', '[good](https://good.example@evil.example/)'],
    ['an element that turns its words', '<a href="https://evil.example"><bdo dir="rtl">moc.doog</bdo></a>'],
    ['digits of another kind', '[１２７.０.０.２](https://evil.example)'],
    ['a full stop of another kind', '[good。example](https://evil.example)'],
  ];

  it.each(flagged)('test_d14 say where they lead: %s', (_, source) => {
    renderMarkdown(root, source);
    const link = root.querySelector('a') as HTMLAnchorElement;
    const host = link.lastElementChild as HTMLElement;
    expect(host.textContent).toBe(`(${new URL(link.href).host})`);
    expect(host.textContent).toMatch(/^\([\x21-\x7E]+\)$/);
    expect(getComputedStyle(host).unicodeBidi).toBe('isolate');
    expect(getComputedStyle(host).direction).toBe('ltr');
    expect(getComputedStyle(link.firstElementChild as HTMLElement).unicodeBidi).toBe('isolate');
  });

  it.each([
    '[Go to www.a.example.](https://a.example)', '[a.example](https://www.a.example/x)', '<https://a.example/x>',
    '[می\u200Cخواهم](https://a.example)', '[👩\u200D🚀 and ❤\uFE0F](https://a.example)', '[שלום](https://a.example)',
    '[two\nlines](https://a.example)', '[**bold** `code`](https://a.example)',
  ])('test_d14 say nothing more where nothing misleads: %s', (source) => {
    renderMarkdown(root, source);
    expect(root.querySelector('a')?.textContent).not.toContain('(');
  });

  it('test_d14 name their address beside a title of the document', () => {
    renderMarkdown(root, '[words](https://a.example/x "https://good.example\u202E")');
    expect(root.querySelector('a')?.title).toBe('https://good.example (https://a.example/x)');
  });

  it('lead within the application to its pages only, and open in place', () => {
    setOwnPages((path) => path.startsWith('/help/'));
    const link = (to: string): HTMLAnchorElement | null => {
      renderMarkdown(root, `[words](${to})`);
      return root.querySelector('a');
    };
    expect(link('/help/guide/keyboard#x')?.getAttribute('href')).toBe('/help/guide/keyboard#x');
    expect(link('/help/guide/keyboard#x')?.target).toBe('');
    const others = ['/api/sessions/current', '//evil.example/help/', '/\\evil.example/help/', '/help/../api/x', '/%09/evil.example/help/', 'help/x', '#x'];
    for (const to of others) expect(link(to)?.hasAttribute('href') ?? false, to).toBe(false);
    renderMarkdown(root, '<a href="/&#9;/evil.example/help/">x</a>');
    expect(root.querySelector('[href]')).toBeNull();
    setOwnPages(() => false);
  });

  it('do not load an image from elsewhere, but show an embedded one', () => {
    const pixel = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    renderMarkdown(root, `![far](https://evil.example/i.png)\n\n![near](${pixel})`);
    expect(root.querySelector('.remote-image')?.textContent).toBe('far evil.example');
    expect([...root.querySelectorAll('img')].map((image) => image.alt)).toEqual(['near']);
  });
});
