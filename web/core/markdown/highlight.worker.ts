/** Colours code off the main thread. */
import highlighter from 'highlight.js/lib/common';

import { readColours } from './colours.js';
import type { HighlightReply, HighlightRequest } from './highlight.js';

function colour({ id, code, language }: HighlightRequest): HighlightReply {
  if (highlighter.getLanguage(language) === undefined) return { id, result: null };
  const { value } = highlighter.highlight(code, { language, ignoreIllegals: true });
  return { id, result: readColours(value) };
}

addEventListener('message', (event: MessageEvent<HighlightRequest>) => {
  postMessage(colour(event.data));
});
