/** Asks the worker for the colours of code. It starts with the first code block. */
import { startWorker } from '../worker.js';
import type { Colours } from './colours.js';
import workerUrl from './highlight.worker.ts?worker&url';

export interface HighlightRequest {
  id: number;
  code: string;
  language: string;
}

export interface HighlightReply {
  id: number;
  /** null for a language that is not known. */
  result: Colours | null;
}

/** Longer code is shown without colours. */
const LONGEST = 200_000;

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, (result: Colours | null) => void>();

function answer(event: MessageEvent<HighlightReply>): void {
  const { id, result } = event.data;
  waiting.get(id)?.(result);
  waiting.delete(id);
}

/** A worker that cannot run leaves code without colours, nothing else. */
function giveUp(): void {
  for (const resolve of waiting.values()) resolve(null);
  waiting.clear();
}

function running(): Worker {
  if (worker === null) {
    worker = startWorker(workerUrl);
    worker.addEventListener('message', answer);
    worker.addEventListener('error', giveUp);
  }
  return worker;
}

/** @returns the colours of `code`, or null if it has none: unknown language, too long, no worker */
export function highlight(code: string, language: string): Promise<Colours | null> {
  if (language === '' || code.length > LONGEST) return Promise.resolve(null);
  lastId += 1;
  const request: HighlightRequest = { id: lastId, code, language };
  return new Promise((resolve) => {
    waiting.set(request.id, resolve);
    running().postMessage(request);
  });
}

/** Text as spans with a colour's letter as class. */
export function colouredText(text: string, { lengths, colours }: Colours): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let start = 0;
  lengths.forEach((length, index) => {
    const piece = text.slice(start, start + length);
    start += length;
    const colour = colours[index];
    if (colour === undefined || colour === '') fragment.append(piece);
    else fragment.append(Object.assign(document.createElement('span'), { className: colour, textContent: piece }));
  });
  fragment.append(text.slice(start));
  return fragment;
}
