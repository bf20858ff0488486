import { describe, expect, it } from 'vitest';

import { catalogues, shapeOf, type Catalogue, type Shape } from './catalogues.ts';

const all = catalogues();
const english = new Map(all.filter(({ language }) => language === 'en').map((one) => [one.owner, one]));
const shell = all.filter(({ owner }) => owner === 'web/shell/locales').map(({ language }) => language);
const named = (one: Catalogue): string => `${one.owner}/${one.language}.json`;
const each = describe.for(all.map((one): [string, Catalogue] => [named(one), one]));

/** What a module's setting is called: English stands where the setting is declared. */
const SETTING = /^settings\.\w+\.(label|about)$/;

/** An error of the core, or a setting: English leaves it to the server's own sentence, for the sake of the shell's size. */
const saidByServer = ({ owner }: Catalogue, key: string): boolean =>
  owner === 'web/shell/locales' ? key.startsWith('errors.') && !['errors.offline', 'errors.unexpected'].includes(key) : SETTING.test(key);

/** What *one* is held against: the English catalogue and, where the server says the English, another language's. */
function modelOf(one: Catalogue): Record<string, string> {
  const other = all.find(({ owner, language }) => owner === one.owner && language !== 'en' && language !== one.language);
  const said = one.language === 'en' ? [] : Object.entries(other?.messages ?? {}).filter(([key]) => saidByServer(one, key));
  return { ...english.get(one.owner)?.messages, ...Object.fromEntries(said) };
}

/** The messages of which *wrong* says something, by key. */
function faults(one: Catalogue, wrong: (message: string, key: string) => string | false): Record<string, string> {
  const found = Object.entries(one.messages).map(([key, message]) => [key, wrong(message, key)] as const);
  return Object.fromEntries(found.filter((fault): fault is [string, string] => fault[1] !== false));
}

/** The cases of a plural that a language has and that are not written; a number by itself (`=1`) stands for its case. */
function casesMissing(language: string, { kind, cases }: Shape['plurals'][number]): string[] {
  const exact: Record<string, string> = { zero: '=0', one: '=1', two: '=2' };
  const { pluralCategories } = new Intl.PluralRules(language, { type: kind }).resolvedOptions();
  return pluralCategories.filter((name) => !cases.includes(name) && !cases.includes(exact[name] ?? name));
}

/** The cases written that no number of the language is of. */
function casesUnknown(language: string, { kind, cases }: Shape['plurals'][number]): string[] {
  const { pluralCategories } = new Intl.PluralRules(language, { type: kind }).resolvedOptions();
  return cases.filter((name) => !/^=\d+$/.test(name) && !(pluralCategories as string[]).includes(name));
}

describe('the languages', () => {
  it('are the same in the shell, which offers them, and in every module', () => {
    const byOwner = Object.groupBy(all, ({ owner }) => owner);
    const offered = shell.toSorted();
    expect(offered).toContain('en');
    expect(english.size).toBeGreaterThan(1);
    for (const [owner, found = []] of Object.entries(byOwner)) {
      expect(found.map(({ language }) => language).toSorted(), owner).toEqual(offered);
    }
  });

  it('have tags that browsers know', () => {
    for (const tag of shell) {
      expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
      expect(Intl.DisplayNames.supportedLocalesOf(tag)).toEqual([tag]);
    }
  });
});

each('%s', ([, one]) => {
  const model = modelOf(one);

  it('has the keys of the English one', () => {
    expect(Object.keys(one.messages).toSorted()).toEqual(Object.keys(model).toSorted());
    expect(faults(one, (message) => (message === '' || message.trim() !== message) && 'is empty or has spaces around it')).toEqual({});
  });

  it('asks for the same values and tells the same cases apart', () => {
    const asked = (message: string): string => [...shapeOf(message).names, ...shapeOf(message).selects].join(', ');
    const wrong = faults(one, (message, key) => asked(message) !== asked(model[key] ?? '') && `${asked(model[key] ?? '')} → ${asked(message)}`);
    expect(wrong).toEqual({});
  });

  it('has the plurals of its language', () => {
    const wrong = faults(one, (message) => {
      const { plurals } = shapeOf(message);
      const missing = plurals.flatMap((plural) => casesMissing(one.language, plural));
      const unknown = plurals.flatMap((plural) => casesUnknown(one.language, plural));
      return missing.length + unknown.length > 0 && `lacks ${missing.join(' ')}, has ${unknown.join(' ')}`;
    });
    expect(wrong).toEqual({});
  });

  it('is well-formed', () => {
    const wrong = faults(one, (message) => {
      const [opened, closed] = [message.split('{').length, message.split('}').length];
      return (opened !== closed || /[{}]/.test(shapeOf(message).literal)) && 'has a brace too many';
    });
    expect(wrong).toEqual({});
  });

  it.runIf(one.language !== 'en')('is translated, and set as one prints', () => {
    const words = (text: string): number => shapeOf(text).literal.split(/\s+/).filter((word) => /^\p{L}{2,}/u.test(word)).length;
    expect(faults(one, (message, key) => message === model[key] && words(message) > 2 && message)).toEqual({});
    expect(faults(one, (message) => /["']|\.\.\./.test(message) && message)).toEqual({});
  });
});
