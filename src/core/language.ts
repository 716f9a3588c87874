import type { PartOfSpeech, Tag } from './model';

/** What a lemmatiser must know of an inventory. Forms are as the language's `normalise` gives them. */
export interface Lexicon {
  isLemma(form: string, partOfSpeech: PartOfSpeech): boolean;
  /** Bases that the exception list has for an irregular form; empty if it has none. */
  exceptions(form: string, partOfSpeech: PartOfSpeech): readonly string[];
}

export interface Lemma {
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
}

/** The irregular forms of a lemma, doubled consonants included, as exception lists have them. */
export type IrregularForms = (lemma: string, partOfSpeech: PartOfSpeech) => readonly string[];

/** A word of a text that another is to replace. */
export interface InflectedWord {
  /** As it is written. */
  readonly text: string;
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  /** Some words of the text before it. */
  readonly before: string;
}

/** How words are put in the place of others. */
export interface InflectionRules {
  /** A lemma (words joined by spaces, in any case) in the inflection that a word of the text has. */
  inflectAs(lemma: string, word: InflectedWord, irregularForms: IrregularForms): string;
  /**
   * The article at the end of a text, and the one that a word in this place asks for; `undefined` where there is none.
   * @param space what stands between article and word
   */
  articleBefore?(
    word: string,
    before: string,
  ): { readonly article: string; readonly fitting: string; readonly space: string } | undefined;
}

/** log P(part of speech | tag) of a language's tagger, in the order of PARTS_OF_SPEECH; for tags that say something. */
export type TagWeights = Partial<
  Record<Tag, readonly [noun: number, verb: number, adj: number, adv: number]>
>;

/** What is known of a language without reading a text: it asks for no model, and an inventory is opened with it. */
export interface Language {
  /** BCP 47 tag, such as `en`. */
  readonly code: string;
  /**
   * A form as the inventories of this language have it: `normaliseForm`, or that and what else the language does not tell
   * apart. Empty for what can be no lemma.
   */
  normalise(form: string): string;
  /**
   * The lemmas of a form, by part of speech.
   * @param form in any case; words may be joined by spaces or `_`
   * @returns each of them a lemma of the lexicon, without duplicates
   */
  lemmasOf(form: string, lexicon: Lexicon): readonly Lemma[];
  /** Bases of a regular form that inventories list among their exceptions, and that a project's own words lack there. */
  unlistedBases?(form: string, partOfSpeech: PartOfSpeech): readonly string[];
  /** Found at the end of a text whose full stop ends no sentence, as after `Mr.`. */
  readonly abbreviation?: RegExp;
  readonly inflection?: InflectionRules;
  readonly tagWeights?: TagWeights;
}

/**
 * A form in any alphabet: composed (NFC), in lower case, words joined by `_`, plain hyphens and apostrophes. No letter
 * becomes another.
 */
export function normaliseForm(form: string): string {
  return form
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u2010\u2011]/g, '-')
    .trim()
    .replace(/\s+/g, '_');
}
