/**
 * The last step before text of a model, a person or a tool becomes DOM. What is not listed here does not get in:
 * no styles, classes, ids, forms, frames, media or scripts, and nothing that loads by itself.
 */
import DOMPurify from 'dompurify';

import { armLink } from './links.js';

const TAGS = [
  'a', 'abbr', 'b', 'bdi', 'bdo', 'blockquote', 'br', 'caption', 'cite', 'code', 'col', 'colgroup', 'dd', 'del',
  'details', 'dfn', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i',
  'img', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'small', 'span',
  'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'u', 'ul', 'var',
  'wbr',
];
/** Where an image would have loaded from; the attribute itself is inert. */
export const IMAGE_SOURCE = 'data-image';
/** Marks the place of a part; its value carries a nonce, so that text cannot name one. */
export const SLOT = 'data-slot';
const ATTRIBUTES = [
  'align', 'alt', 'colspan', 'dir', 'href', 'lang', 'open', 'reversed', 'rowspan', 'scope', 'start', 'title',
  IMAGE_SOURCE, SLOT,
];
/** Paths are looked at again in `armLink`: only those of our own pages stay. */
const LINK = /^(?:(?:https?|mailto):|\/(?![/\\]))/i;

const CONFIG = {
  ALLOWED_TAGS: TAGS,
  ALLOWED_ATTR: ATTRIBUTES,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: LINK,
  ADD_URI_SAFE_ATTR: [IMAGE_SOURCE, SLOT],
  RETURN_DOM_FRAGMENT: true,
};

/** Runs in DOMPurify's inert document: an `<img>` that kept its `src` would load as soon as it is imported. */
function disarmImage(image: Element): void {
  const source = image.getAttribute('src') ?? '';
  for (const { name } of [...image.attributes]) {
    if (name !== 'alt' && name !== 'title') image.removeAttribute(name);
  }
  image.setAttribute(IMAGE_SOURCE, source);
}

/** An instance of our own, set up once: reading the configuration anew would be most of the cost of a short block. */
const purifier = DOMPurify(window);
purifier.setConfig(CONFIG);
purifier.addHook('beforeSanitizeAttributes', (node) => {
  if (node.nodeName.toLowerCase() === 'img') disarmImage(node);
});
purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.nodeName.toLowerCase() === 'a') armLink(node);
});

/** Parses HTML into a fragment that holds only what is allowed above. Never throws. */
export function sanitize(html: string): DocumentFragment {
  // as configured it returns a fragment, or null for a document without a body (`<frameset>`)
  const clean = purifier.sanitize(html) as unknown as DocumentFragment | null;
  return clean ?? document.createDocumentFragment();
}
