/** Links of a document: where they may lead, and which of them have to say where that is. */
import { ownPage } from '../own-pages.js';

/** Signs that nobody sees or that change the order of others. */
const ALL_HIDDEN = /[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** The same without those that Persian and pictures are spelled with. */
const HIDDEN = /(?![\u200c\u200d\ufe0e\ufe0f])[\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** A host by itself, in the letters of any script: `example.com`, `пример.рф/x`. */
const HOST = /^[\p{L}\p{M}\p{N}_-]+(?:[.。][\p{L}\p{M}\p{N}_-]+)+\.?(?:[/?#:].*)?$/u;
/** Addresses within other words. */
const ADDRESSES = /(?:https?:\/\/|www\.)[^\s<>"“”«»()]+/giu;

/** An address as the browser will follow it, or null if it is none. */
export function webAddress(text: string | null): URL | null {
  if (text === null || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

function hostsNamed(words: string): string[] {
  const alone = HOST.test(words) ? [words] : [];
  const found = [...alone, ...(words.match(ADDRESSES) ?? [])].map((one) => one.replace(/[.,;:!?]+$/, ''));
  return found.map((one) => webAddress(/^https?:/i.test(one) ? one : `https://${one}`)?.host ?? '');
}

const withoutWww = (host: string): string => host.replace(/^www\./, '');

/** Whether the words of a link may make people take it for another one. */
function misleads(link: Element, url: URL): boolean {
  const words = link.textContent.trim();
  const turned = link.querySelector('bdo, [dir]') !== null || link.closest('bdo') !== null;
  const foreign = url.hostname.split('.').some((label) => label.startsWith('xn--'));
  const named = hostsNamed(words.replace(ALL_HIDDEN, ''));
  const another = named.some((host) => withoutWww(host) !== withoutWww(url.host));
  return turned || foreign || url.username !== '' || HIDDEN.test(words) || another;
}

/** Sets the words apart, so that nothing in them moves what follows, and says behind them where the link leads. */
function nameTrueHost(link: Element, url: URL): void {
  const words = document.createElement('bdi');
  words.append(...link.childNodes);
  const host = document.createElement('bdi');
  host.dir = 'ltr';
  host.textContent = `(${url.host})`;
  link.append(words, ' ', host);
}

/** A link to a page of this application opens in its place; any other path leads nowhere. */
function armOwnLink(link: Element, path: string): void {
  const page = ownPage(path);
  if (page === null) link.removeAttribute('href');
  else link.setAttribute('href', page);
}

/** Makes a sanitised link safe to follow. */
export function armLink(link: Element): void {
  const address = link.getAttribute('href');
  if (address === null) return;
  const url = webAddress(address);
  if (url === null && !/^mailto:/i.test(address.trim())) {
    armOwnLink(link, address.trim());
    return;
  }
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer nofollow');
  if (url === null) return;
  // The document's own words cannot stand for the address.
  const title = link.getAttribute('title');
  link.setAttribute('title', title === null ? url.href : `${title.replace(ALL_HIDDEN, '')} (${url.href})`);
  if (misleads(link, url)) nameTrueHost(link, url);
}
