/**
 * Whether a name may be taken for another one because letters of two alphabets stand in one of its words: `gpt-4о` with
 * a Cyrillic `о`. The rule is that of Unicode's Technical Standard 39 for mixed scripts: such a word misleads if all that
 * is foreign in it looks like what it stands among. A name wholly in one alphabet is nobody's imitation, nor is a word
 * that can be seen to be mixed, as `Ωmega`; Latin letters beside Chinese or Japanese ones are how those are written.
 */

/** Letters that look like a Latin letter or a digit, which follows each, by Unicode's `confusables.txt`. */
const PAIRS = {
  Cyrillic: 'ЅSІlЈJАAВBЕEЗ3КKМMНHОOРPСCТTУYХXЬbаaб6гrеeоoрpсcуyхxѕsіiјjѡwѴVѵvҮYүyһhҽeӀlӏiӠ3ԁdԌGԛqԜWԝw',
  Greek: 'ͿJΑAΒBΕEΖZΗHΙlΚKΜMΝNΟOΡPΤTΥYΧXαaγyιiνvοoρpσoυuϒYϜFϱpϲcϳjϹCϺM',
  Armenian: 'ՍUՏSՕOաwգqզqհhոnռnսuցgքfօo',
  Cherokee: 'ᎠDᎡRᎢTᎥiᎩYᎪAᎫJᎬEᎳWᎷMᎻHᎽYᏀGᏂhᏃZᏎ4ᏏbᏒRᏔWᏕSᏙVᏚSᏞLᏟCᏢPᏦKᏧdᏮ6ᏳGᏴB',
} as const;

interface Alphabet {
  letter: RegExp;
  latin: ReadonlyMap<string, string>;
}

const LATIN = /\p{Script=Latin}/gu;
const ALPHABETS: readonly Alphabet[] = Object.entries(PAIRS).map(([script, pairs]) => ({
  letter: new RegExp(`\\p{Script=${script}}`, 'gu'),
  latin: new Map([...pairs.matchAll(/(.)(.)/gu)].map(([, letter = '', like = '']) => [letter, like])),
}));

/** One part of a word, without what joins it to others, in one foreign alphabet. */
interface Part {
  latin: string[];
  foreign: string[];
  text: string;
}

function partOf(text: string, { letter }: Alphabet): Part {
  return { text, latin: text.match(LATIN) ?? [], foreign: text.match(letter) ?? [] };
}

/** All that is foreign looks Latin, or the few Latin letters look like the others. */
function misleads({ latin, foreign }: Part, alphabet: Alphabet): boolean {
  if (latin.length === 0 || foreign.length === 0) return false;
  if (foreign.every((one) => alphabet.latin.has(one))) return true;
  const looks = new Set(alphabet.latin.values());
  return latin.length < foreign.length && latin.every((one) => looks.has(one === 'I' ? 'l' : one));
}

/** A part of look-alikes alone, joined to Latin ones: `gpt-4о`. A Greek letter that counts something stays one: `α-test`. */
function passesForLatin({ latin, foreign, text }: Part, alphabet: Alphabet): boolean {
  if (latin.length > 0 || foreign.length === 0) return false;
  return !/^\p{Script=Greek}$/u.test(text) && foreign.every((one) => alphabet.latin.has(one));
}

function isMixed(word: string): boolean {
  const texts = word.split(/[^\p{L}\p{N}]+/u);
  return ALPHABETS.some((alphabet) => {
    const parts = texts.map((text) => partOf(text, alphabet));
    if (parts.some((part) => misleads(part, alphabet))) return true;
    return parts.some(({ latin }) => latin.length > 0) && parts.some((part) => passesForLatin(part, alphabet));
  });
}

/** Whether a word of *name* has letters of several alphabets which look alike. */
export function hasLookAlikes(name: string): boolean {
  // accents are not what tells letters apart
  return /[^\p{ASCII}]/u.test(name) && name.normalize('NFD').replaceAll(/\p{M}/gu, '').split(/\s+/u).some(isMixed);
}
