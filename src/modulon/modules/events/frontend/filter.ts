/** What the filter box means. */
export interface Filter {
  types: string[];
  without: string[];
  key?: string;
  actor?: string;
  workspace?: string;
  since?: string;
}

const TYPE = /^[a-z0-9_.]+(\.\*)?$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The spans that can be chosen, in minutes; 0 is all time. */
export const SPANS = [0, 15, 60, 1440, 10_080] as const;

/** `chat` means everything of chat; a name with a dot means itself. */
function typeOf(word: string): string {
  return word.includes('.') ? word : `${word}.*`;
}

/**
 * Reads `chat -type:chat.read key:abc actor:… workspace:…`, words of which each narrows. A word alone is a type. Answers
 * the first word that means nothing in place of a filter.
 */
export function readFilter(text: string, minutes: number, now = Date.now()): Filter | string {
  const filter: Filter = { types: [], without: [] };
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (!readWord(filter, word)) return word;
  }
  if (minutes > 0) filter.since = new Date(now - minutes * 60_000).toISOString();
  return filter;
}

function readWord(filter: Filter, word: string): boolean {
  const [, minus, name = 'type', value = ''] = /^(-?)(?:([a-z]+):)?(.*)$/.exec(word) ?? [];
  if (name === 'type') {
    if (!TYPE.test(value)) return false;
    (minus ? filter.without : filter.types).push(typeOf(value));
    return true;
  }
  if (minus || value === '') return false;
  if (name === 'key') filter.key = value;
  else if ((name === 'actor' || name === 'workspace') && ID.test(value)) filter[name] = value;
  else return false;
  return true;
}

/** The box with one more condition in it, in place of another of the same name. */
export function narrowed(text: string, name: string, value: string): string {
  const others = text.split(/\s+/).filter((word) => word !== '' && !word.startsWith(`${name}:`));
  return [...others, `${name}:${value}`].join(' ');
}
