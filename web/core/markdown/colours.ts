/** From highlight.js to the few colours a code block has. */

/** Keyword, string, function or name, number, comment, added, deleted; '' has no colour. */
export type Colour = '' | 'k' | 's' | 'f' | 'n' | 'c' | 'a' | 'd';

/** Lengths of text with their colours, in order; together they cover the whole text. */
export interface Colours {
  lengths: number[];
  colours: Colour[];
}

const BY_SCOPE: Readonly<Record<string, Colour>> = {
  addition: 'a', attr: 'f', attribute: 'f', built_in: 'f', bullet: 'n', code: 's', comment: 'c', deletion: 'd',
  doctag: 'k', function: 'f', keyword: 'k', link: 's', literal: 'n', meta: 'k', name: 'k', number: 'n',
  property: 'f', quote: 'c', regexp: 's', section: 'f', 'selector-attr': 'f', 'selector-class': 'f',
  'selector-id': 'f', 'selector-pseudo': 'f', 'selector-tag': 'k', string: 's', symbol: 'n', tag: '',
  'template-tag': 'k', 'template-variable': 'n', title: 'f', type: 'k', variable: 'n',
};
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };
/** All that highlight.js writes: opening and closing spans, five entities, text. */
const PIECE = /<span class="([^"]*)">|<\/span>|&(amp|lt|gt|quot|#x27);|[^<&]+/g;

function colourOf(classes: string, outer: Colour): Colour {
  const [scope = ''] = classes.replace(/^hljs-/, '').split(' ');
  return BY_SCOPE[scope] ?? outer;
}

/** Reads highlight.js's HTML without making DOM of it. */
export function readColours(html: string): Colours {
  const result: Colours = { lengths: [], colours: [] };
  const open: Colour[] = [''];
  for (const [piece, classes, entity] of html.matchAll(PIECE)) {
    const colour = open.at(-1) ?? '';
    if (classes !== undefined) open.push(colourOf(classes, colour));
    else if (piece === '</span>') open.pop();
    else add(result, entity === undefined ? piece.length : (ENTITIES[entity] ?? '').length, colour);
  }
  return result;
}

function add({ lengths, colours }: Colours, length: number, colour: Colour): void {
  const last = lengths.length - 1;
  if (colours[last] === colour) lengths[last] = (lengths[last] ?? 0) + length;
  else {
    lengths.push(length);
    colours.push(colour);
  }
}
