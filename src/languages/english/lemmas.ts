import {
  type Lemma,
  type Lexicon,
  normaliseForm as normaliseAny,
  PARTS_OF_SPEECH,
  type PartOfSpeech,
} from '../../core';

/**
 * Morphy: from a word form to the lemmas it may stand for, after morphy(7WN).
 * It differs in that it gives every answer, not the first: `found` is both `find` and `found`.
 */

/** A suffix, what to put in its place, and what the stem must look like, if it matters. */
interface Detachment {
  readonly suffix: string;
  readonly ending: string;
  readonly stem?: RegExp;
}

/** Stems that take -es: `pass`, `box`, `watch`, `go`; so `hopes` is not of `hop`. */
const SIBILANT = /(?:[osxz]|[cs]h)$/;
/** Not `hop`, whose consonant doubles before -ed and -ing; so `hoped` is not of `hop`. */
const NOT_DOUBLING = /^(?!(?:qu|[^aeiou])+[aeiouy][bdfgklmnprtvz]$)/;

/**
 * Detachments of morphy(7WN); adverbs have none. Since every answer is given, stems are looked at too,
 * where WordNet relies on the first answer being the right one.
 */
const DETACHMENTS: Readonly<Record<PartOfSpeech, readonly Detachment[]>> = {
  noun: [
    { suffix: 's', ending: '' },
    { suffix: 'ses', ending: 's' },
    { suffix: 'xes', ending: 'x' },
    { suffix: 'zes', ending: 'z' },
    { suffix: 'ches', ending: 'ch' },
    { suffix: 'shes', ending: 'sh' },
    { suffix: 'men', ending: 'man' },
    { suffix: 'ies', ending: 'y' },
  ],
  verb: [
    { suffix: 's', ending: '' },
    { suffix: 'ies', ending: 'y' },
    { suffix: 'es', ending: '', stem: SIBILANT },
    { suffix: 'ed', ending: '', stem: NOT_DOUBLING },
    { suffix: 'ed', ending: 'e' },
    { suffix: 'ing', ending: '', stem: NOT_DOUBLING },
    { suffix: 'ing', ending: 'e' },
  ],
  adj: [
    { suffix: 'er', ending: '' },
    { suffix: 'est', ending: '' },
    { suffix: 'er', ending: 'e' },
    { suffix: 'est', ending: 'e' },
  ],
  adv: [],
};

/** WordNet's longest lemma has 71 characters; nothing longer than this is looked up. */
const LONGEST_FORM = 100;
/** Combinations of the words of a collocation that are tried at most. */
const MOST_COMBINATIONS = 64;

/**
 * A form as WordNet would write it: lower case, Latin letters without accents, words joined by `_`, plain hyphens and
 * apostrophes. Letters of other scripts stay what they are. Empty for a form too long to be in WordNet.
 */
export function normaliseForm(form: string): string {
  if (form.length > LONGEST_FORM) return '';
  const lower = form.toLowerCase();
  // Nearly every word; the rest is for the few others.
  if (/^[a-z'.-]+$/.test(lower)) return lower;
  const plain = form
    .normalize('NFKD')
    .replace(/(\p{L})?\p{M}+/gu, (marked, letter?: string) =>
      letter === undefined || isLatin(letter) ? (letter ?? '') : marked,
    );
  return normaliseAny(plain).replaceAll('æ', 'ae').replaceAll('œ', 'oe');
}

function isLatin(letter: string): boolean {
  return /^\p{Script=Latin}$/u.test(letter);
}

/** WordNet lists these forms one by one: `tried`, `stopped`. */
export function unlistedBases(form: string, partOfSpeech: PartOfSpeech): readonly string[] {
  if (partOfSpeech !== 'verb') return [];
  return [form.replace(/ied$/, 'y'), form.replace(/([^aeiou])\1(?:ed|ing)$/, '$1')].filter(
    (base) => base !== form,
  );
}

/**
 * The lemmas of a form, by part of speech. Other spellings (hyphens, final full stop) are tried only
 * while WordNet knows none of the earlier ones in any part of speech, so that `co-op` is not also `coop`.
 * @param form in any case; words may be joined by spaces or `_`
 * @returns each of them a lemma of the lexicon, without duplicates
 */
export function lemmasOf(form: string, lexicon: Lexicon): readonly Lemma[] {
  for (const spelling of spellings(normaliseForm(form))) {
    const found = PARTS_OF_SPEECH.flatMap((partOfSpeech) =>
      baseForms(spelling, partOfSpeech, lexicon).map((lemma) => ({ lemma, partOfSpeech })),
    );
    if (found.length > 0) return found;
  }
  return oldVerbs(normaliseForm(form), lexicon);
}

/** Old forms of frequent verbs that no rule makes. */
const OLD_VERBS: ReadonlyMap<string, string> = new Map([
  ['saith', 'say'],
  ['spake', 'speak'],
  ['hath', 'have'],
  ['hast', 'have'],
]);

/** What is left of `goeth`, `lovest`, `crieth` and `runneth` without its ending, if it is a verb. */
function oldVerbs(form: string, lexicon: Lexicon): readonly Lemma[] {
  const [, stem] = /^([a-z]{2,})(?:eth|est)$/.exec(form) ?? [];
  const bases =
    stem === undefined
      ? [OLD_VERBS.get(form)]
      : [stem, `${stem}e`, stem.replace(/i$/, 'y'), stem.replace(/([^aeiou])\1$/, '$1')];
  return [...new Set(bases)]
    .filter((base) => base !== undefined)
    .filter((base) => lexicon.isLemma(base, 'verb'))
    .map((lemma) => ({ lemma, partOfSpeech: 'verb' }));
}

/** Old and spoken endings, and spellings of either side of the Atlantic: WordNet mostly has one of them. */
const OTHER_SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/in'$/, 'ing'],
  [/'d$/, 'ed'],
  [/'d$/, 'd'],
  [/our/, 'or'],
  [/or/, 'our'],
  [/is(?=(?:e[drs]?|ing|ations?|ers|able|ingly)$)/, 'iz'],
  [/iz(?=(?:e[drs]?|ing|ations?|ers|able|ingly)$)/, 'is'],
  [/ys(?=(?:e[drs]?|ing|ers)$)/, 'yz'],
  [/yz(?=(?:e[drs]?|ing|ers)$)/, 'ys'],
  [/([^aeiou])re(?=s?$)/, '$1er'],
  [/([^aeiou])er(?=s?$)/, '$1re'],
  [/ogue/, 'og'],
  [/ae|oe/, 'e'],
  [/ll/, 'l'],
  [/l(?=(?:ed|ing|ers?|ments?|ful|fully)$)/, 'll'],
  [/gramme/, 'gram'],
  [/ence(?=s?$)/, 'ense'],
  [/ense(?=s?$)/, 'ence'],
];

/**
 * The form itself, then other ways in which it may be written, likelier first.
 * Spaces are never dropped: `any one` is not `anyone`. Hyphens are: `to-morrow` is `tomorrow`.
 */
function spellings(form: string): ReadonlySet<string> {
  if (form === '') return new Set();
  const all = new Set([form]);
  if (form.includes('-')) all.add(form.replaceAll('-', '_'));
  if (form.includes('_')) all.add(form.replaceAll('_', '-'));
  if (form.includes('-')) all.add(form.replaceAll('-', ''));
  all.add(form.endsWith('.') ? form.slice(0, -1) : `${form}.`);
  if (/^(?:[a-z]\.)+[a-z]?$/.test(form)) all.add(form.replaceAll('.', ''));
  for (const [ending, other] of OTHER_SPELLINGS) all.add(form.replace(ending, other));
  return all;
}

/**
 * Lemmas of a normalised form as one part of speech. Bases that an exception list has come first, then the
 * form itself, then bases by detachment, then, for a collocation, those got by taking its words to theirs.
 * Like WordNet, goes no further than the exception list where that is of use: many entries are there only
 * to keep the rules off a form (`forest` is not the most `fore`).
 */
export function baseForms(form: string, partOfSpeech: PartOfSpeech, lexicon: Lexicon): readonly string[] {
  const bases = wordBases(form, partOfSpeech, lexicon);
  const isCollocation = /[^_-][_-]/.test(form);
  if (!isCollocation || isSettled(form, partOfSpeech, lexicon)) return bases;
  return [...new Set([...bases, ...collocationBases(form, partOfSpeech, lexicon)])];
}

/** `baseForms` of a form whose parts are not looked at. */
function wordBases(form: string, partOfSpeech: PartOfSpeech, lexicon: Lexicon): readonly string[] {
  const bases = new Set([...lexicon.exceptions(form, partOfSpeech), form]);
  if (!isSettled(form, partOfSpeech, lexicon)) {
    for (const base of detached(form, partOfSpeech, lexicon)) bases.add(base);
  }
  return [...bases].filter((base) => lexicon.isLemma(base, partOfSpeech));
}

/** Does the exception list keep the rules off a form, or have a base for it that is a lemma? */
function isSettled(form: string, partOfSpeech: PartOfSpeech, lexicon: Lexicon): boolean {
  return lexicon
    .exceptions(form, partOfSpeech)
    .some((base) => base === form || lexicon.isLemma(base, partOfSpeech));
}

/** What is left of a form without its ending; not all of it need be lemmas. */
function detached(form: string, partOfSpeech: PartOfSpeech, lexicon: Lexicon): readonly string[] {
  // As in WordNet, a noun of two letters or in -ss has no plural ending: `us`, `glass`.
  if (partOfSpeech === 'noun' && (form.length <= 2 || form.endsWith('ss'))) return [];
  const bases: string[] = [];
  for (const { suffix, ending, stem } of DETACHMENTS[partOfSpeech]) {
    const rest = form.slice(0, form.length - suffix.length);
    if (form.endsWith(suffix) && (stem?.test(rest) ?? true)) bases.push(rest + ending);
  }
  if (partOfSpeech === 'noun' && form.endsWith('ful')) {
    // The plural stands inside: boxesful, spoonsful.
    bases.push(...wordBases(form.slice(0, -'ful'.length), 'noun', lexicon).map((base) => `${base}ful`));
  }
  return bases;
}

/** Lemmas made of bases of a collocation's words: `took_place`, `attorneys_general`, `mothers-in-law`. */
function collocationBases(form: string, partOfSpeech: PartOfSpeech, lexicon: Lexicon): readonly string[] {
  let combinations = [''];
  for (const part of form.split(/([_-])/)) {
    const bases = /^[_-]?$/.test(part)
      ? [part]
      : [...new Set([part, ...wordBases(part, partOfSpeech, lexicon)])];
    combinations = combinations.flatMap((start) => bases.map((base) => start + base));
    if (combinations.length > MOST_COMBINATIONS) combinations.length = MOST_COMBINATIONS;
  }
  return combinations.filter((combination) => lexicon.isLemma(combination, partOfSpeech));
}
