import type { Language, Lexicon } from '../language';
import type { LemmaSenses, PartOfSpeech, Sense, SenseId, SenseKey } from '../model';
import type { SenseInventory, Term } from '../ports';
import { createTermFinder, type FoundTerm, type TermFinder } from './termFinder';

/** Where a sense of the project stands among WordNet's senses of its word. */
export const WORDNET_PLACES = ['beside', 'below', 'hidden'] as const;
export type WordnetPlace = (typeof WORDNET_PLACES)[number];

/** A sense that WordNet lacks: a company's term, a name in a novel's world. */
export interface ProjectSense {
  /** The word as it is written, with its capitals; a multiword unit has spaces. */
  readonly word: string;
  readonly partOfSpeech: PartOfSpeech;
  /** Tells senses of one word apart; a part of the key. */
  readonly id: string;
  readonly definition: string;
  /** Passages in which the word has this sense. */
  readonly examples: readonly string[];
  /** `below`: this sense comes before WordNet's; `hidden`: those are left out. */
  readonly wordnet: WordnetPlace;
}

/** A sense of the project with its number, which its key keeps for good, so that all processes mean the same sense by it. */
export interface NumberedSense extends ProjectSense {
  /** From 0. */
  readonly number: number;
}

/** WordNet with senses of a project laid over it. */
export interface ProjectInventory extends SenseInventory {
  /** Where words of the project's senses stand in a text, whatever a tagger makes of them. */
  terms(text: string): readonly Term[];
  /** Replaces the senses of the project. The earlier ones can still be described, as annotations may name them. */
  take(senses: readonly NumberedSense[]): void;
  isOwn(sense: SenseId): boolean;
  /** Does the project say that this sense comes before WordNet's senses of the word? */
  isAbove(sense: SenseId): boolean;
}

/** The supersenses of the project's senses: only the part of speech is known of them. */
const SUPERSENSES: Readonly<Record<PartOfSpeech, string>> = {
  noun: 'noun.Tops',
  verb: 'verb.stative',
  adj: 'adj.all',
  adv: 'adv.all',
};

/** The lemma of a word: normalised, `_` between words. */
export function projectLemma({ word }: Pick<ProjectSense, 'word'>, language: Language): string {
  return language.normalise(word);
}

/** Why a word could be found in no text. */
export type TermFault = 'no letter' | 'hidden character' | 'percent sign' | 'too long';

export function termFault(word: string, language: Language): TermFault | undefined {
  if (!/[\p{L}\p{N}]/u.test(word)) return 'no letter';
  // Texts hold none of those that come along when a word is copied from a page: zero-width spaces, soft hyphens, byte-order marks.
  if (/[\u00ad\u200b\u2060\ufeff\p{Cc}]/u.test(word)) return 'hidden character';
  // It ends the lemma in a key.
  if (word.includes('%')) return 'percent sign';
  return projectLemma({ word }, language) === '' ? 'too long' : undefined;
}

/** The key of a sense of the project. WordNet's keys have a number after the `%`, so none of them equals it. */
export function projectKey(
  sense: Pick<ProjectSense, 'word' | 'partOfSpeech' | 'id'>,
  language: Language,
): SenseKey {
  return `${projectLemma(sense, language)}%own:${sense.partOfSpeech}:${sense.id}`;
}

/**
 * The id of a sense, made from the first words of its definition. Corrections in files refer to it, so the rule must not change:
 * marks on Latin letters part words ("naïve" becomes "nai-ve"), marks on other letters, as in й, are kept with their letter.
 */
export function senseIdOf(definition: string): string {
  const isLatin = !/(?!\p{Script=Latin})\p{L}/u.test(definition);
  const words = isLatin
    ? definition
        .normalize('NFKD')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu)
    : definition
        .normalize('NFKC')
        .toLowerCase()
        .match(/[\p{L}\p{M}\p{N}]+/gu);
  return (words ?? []).slice(0, 5).join('-') || 'sense';
}

/** WordNet with the senses of a project: their senses and synsets are numbered after those of WordNet. */
export function createProjectInventory(wordnet: SenseInventory): ProjectInventory {
  const known: NumberedSense[] = [];
  let present: readonly NumberedSense[] = [];
  let byLemma = new Map<string, readonly NumberedSense[]>();
  /** All senses of the project there ever were, as annotations may still name an earlier one. */
  const byKey = new Map<SenseKey, NumberedSense>();
  let units = new Map<string, ReadonlyMap<string, readonly string[]>>();
  let finder: TermFinder | undefined;

  const { language } = wordnet;
  const lexicon: Lexicon = {
    isLemma: (form, partOfSpeech) => ownSenses(form, partOfSpeech).length > 0,
    exceptions: (form, partOfSpeech) => language.unlistedBases?.(form, partOfSpeech) ?? [],
  };
  const lemmaOf = (sense: ProjectSense): string => projectLemma(sense, language);
  const keyOf = (sense: ProjectSense): SenseKey => projectKey(sense, language);
  const isOwn = (sense: SenseId): boolean => sense >= wordnet.senseCount;
  const isOwnSynset = (synset: number): boolean => synset >= wordnet.synsetCount;
  const own = (sense: SenseId): NumberedSense => {
    const found = known[sense - wordnet.senseCount];
    if (!found) throw new RangeError(`The project has no sense ${sense}.`);
    return found;
  };
  const idOf = ({ number }: NumberedSense): SenseId => wordnet.senseCount + number;
  const isUpper = ({ word }: ProjectSense): boolean => /\p{Lu}/u.test(word);
  const spelling = ({ word }: ProjectSense): string => word.replace(/\s+/g, '_');

  function ownSenses(lemma: string, partOfSpeech: PartOfSpeech): readonly NumberedSense[] {
    return (byLemma.get(lemma) ?? []).filter((sense) => sense.partOfSpeech === partOfSpeech);
  }

  function senses(lemma: string, partOfSpeech: PartOfSpeech): readonly SenseId[] {
    const ours = ownSenses(lemma, partOfSpeech);
    const theirs = wordnet.senses(lemma, partOfSpeech);
    if (ours.length === 0) return theirs;
    const isHidden = byLemma.get(lemma)!.some((sense) => sense.wordnet === 'hidden');
    const isFirst = (sense: NumberedSense): boolean => sense.wordnet !== 'beside';
    return [
      ...ours.filter(isFirst).map(idOf),
      ...(isHidden ? [] : theirs),
      ...ours.filter((sense) => !isFirst(sense)).map(idOf),
    ];
  }

  function termOf({ start, end, lemma, partsOfSpeech }: FoundTerm, text: string): Term {
    const own = byLemma.get(lemma)!.filter(({ partOfSpeech }) => partsOfSpeech.includes(partOfSpeech));
    const written = own.filter(({ word }) => hasCapitalsOf(text.slice(start, end), word));
    const meant = new Set((written.length > 0 ? written : own).map(idOf));
    const isCapitalised = [...meant].some((sense) => isUpper(known[sense - wordnet.senseCount]!));
    return {
      start,
      end,
      lemmas: partsOfSpeech.map((partOfSpeech) => ({
        lemma,
        partOfSpeech,
        senses: senses(lemma, partOfSpeech).filter((sense) =>
          isOwn(sense) ? meant.has(sense) : wordnet.isCapitalised(sense) === isCapitalised,
        ),
      })),
      isWritten: written.length > 0,
      isCapitalised,
    };
  }

  return {
    language,
    edition: wordnet.edition,
    id: wordnet.id,
    senseCount: wordnet.senseCount,
    synsetCount: wordnet.synsetCount,
    senses,
    irregularForms: (lemma, partOfSpeech) => wordnet.irregularForms(lemma, partOfSpeech),
    lemmas(form, partOfSpeech) {
      const theirs = wordnet.lemmas(form, partOfSpeech);
      if (present.length === 0) return theirs;
      const found = language
        .lemmasOf(form, lexicon)
        .filter((one) => (partOfSpeech ?? one.partOfSpeech) === one.partOfSpeech);
      const all = [...found, ...theirs].filter(
        (one, i, list) =>
          list.findIndex((other) => other.lemma === one.lemma && other.partOfSpeech === one.partOfSpeech) ===
          i,
      );
      return all
        .map(({ lemma, partOfSpeech: part }): LemmaSenses => ({
          lemma,
          partOfSpeech: part,
          senses: senses(lemma, part),
        }))
        .filter(
          (one) =>
            one.senses.length > 0 &&
            // A word of the project that hides WordNet's senses hides those of other parts of speech too.
            (one.senses.some(isOwn) || !byLemma.get(one.lemma)?.some((sense) => sense.wordnet === 'hidden')),
        );
    },
    multiwords(firstWord) {
      const theirs = wordnet.multiwords(firstWord);
      const ours = units.get(firstWord);
      if (!ours) return theirs;
      const merged = new Map(theirs);
      for (const [second, lemmas] of ours) merged.set(second, [...(merged.get(second) ?? []), ...lemmas]);
      return merged;
    },
    terms: (text) => finder?.find(text).map((found) => termOf(found, text)) ?? [],
    describe(sense): Sense {
      if (!isOwn(sense)) return wordnet.describe(sense);
      const found = own(sense);
      const { partOfSpeech, definition, examples } = found;
      return {
        id: sense,
        key: keyOf(found),
        lemma: spelling(found),
        partOfSpeech,
        gloss: definition,
        examples,
        synonyms: [],
        supersense: SUPERSENSES[partOfSpeech],
      };
    },
    lemma: (sense) => (isOwn(sense) ? lemmaOf(own(sense)) : wordnet.lemma(sense)),
    key: (sense) => (isOwn(sense) ? keyOf(own(sense)) : wordnet.key(sense)),
    find(key) {
      const found = byKey.get(key);
      return found ? idOf(found) : wordnet.find(key);
    },
    partOfSpeech: (sense) => (isOwn(sense) ? own(sense).partOfSpeech : wordnet.partOfSpeech(sense)),
    isCapitalised: (sense) => (isOwn(sense) ? isUpper(own(sense)) : wordnet.isCapitalised(sense)),
    synset: (sense) => (isOwn(sense) ? wordnet.synsetCount + own(sense).number : wordnet.synset(sense)),
    synsetSenses: (synset) =>
      isOwnSynset(synset)
        ? [wordnet.senseCount + synset - wordnet.synsetCount]
        : wordnet.synsetSenses(synset),
    hypernyms: (synset) => (isOwnSynset(synset) ? [] : wordnet.hypernyms(synset)),
    synsetGloss(synset) {
      if (!isOwnSynset(synset)) return wordnet.synsetGloss(synset);
      const found = own(wordnet.senseCount + synset - wordnet.synsetCount);
      return { lemmas: [spelling(found)], gloss: found.definition };
    },
    take(all) {
      present = all.filter((sense) => lemmaOf(sense) !== '');
      for (const sense of present) known[sense.number] = sense;
      for (const sense of present) byKey.set(keyOf(sense), sense);
      finder =
        present.length === 0
          ? undefined
          : createTermFinder(
              present.map((sense) => ({
                word: sense.word,
                lemma: lemmaOf(sense),
                partsOfSpeech: [sense.partOfSpeech],
              })),
              language,
            );
      byLemma = new Map();
      units = new Map();
      for (const sense of present) {
        const lemma = lemmaOf(sense);
        byLemma.set(lemma, [...(byLemma.get(lemma) ?? []), sense]);
        const [first, second] = lemma.split(/[_-]/);
        if (first === undefined || second === undefined) continue;
        const continuations = new Map(units.get(first));
        continuations.set(second, [...new Set([...(continuations.get(second) ?? []), lemma])]);
        units.set(first, continuations);
      }
    },
    isOwn,
    isAbove: (sense) => isOwn(sense) && own(sense).wordnet !== 'beside',
  };
}

/** Has a form of a word all the capitals that the word has? */
function hasCapitalsOf(form: string, word: string): boolean {
  const written = form.replace(/\s+/g, ' ');
  return [...word.matchAll(/\p{Lu}/gu)].every(({ index }) => /\p{Lu}/u.test(written[index] ?? ''));
}
