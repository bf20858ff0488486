/** The kit's elements for the parts of a document. */
import type { MarkdownParts } from '../../core/markdown/index.js';
import '../code-block/index.js';
import '../table-frame/index.js';
import { showMath } from './katex.js';
import { documentWords as words } from './words.js';

function make(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function math(tex: string, display: boolean): HTMLElement {
  const element = make(display ? 'div' : 'span', display ? 'math display' : 'math');
  // wide formulas scroll by themselves
  if (display) element.tabIndex = 0;
  showMath(element, tex, display);
  return element;
}

function task(done: boolean): HTMLElement {
  const mark = make('span', done ? 'task done' : 'task');
  mark.setAttribute('role', 'img');
  mark.ariaLabel = done ? words.done : words.open;
  return mark;
}

function remoteImage(alt: string, url: URL | null): HTMLElement {
  const name = alt === '' ? words.image : alt;
  if (url === null) return Object.assign(make('span', 'remote-image'), { textContent: name });
  const link = make('a', 'remote-image') as HTMLAnchorElement;
  link.href = url.href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer nofollow';
  link.title = url.href;
  const host = document.createElement('small');
  host.textContent = words.imageFrom(url.host);
  link.append(name, host);
  return link;
}

export const kitParts: MarkdownParts = {
  code(language) {
    const element = document.createElement('k-code-block');
    element.language = language;
    return {
      element,
      append: (text) => { element.grow(text); },
      close: () => { element.complete(); },
    };
  },
  math,
  task,
  table(table) {
    const frame = document.createElement('k-table-frame');
    frame.append(table);
    return frame;
  },
  remoteImage,
};
