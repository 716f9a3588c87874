import type { PartOfSpeech, Tag } from './model';

/** What a lemmatiser must know of an inventory. Forms are normalised by the language (`Language.normalise`). */
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

/** A word of a text that another word is to replace. */
export interface InflectedWord {
  /** The word as the text has it. */
  readonly text: string;
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  /** Some words of the text before the word. */
  readonly before: string;
}

/** How one word is put in the place of another. */
export interface InflectionRules {
  /** A lemma (its words joined by spaces, in upper or lower case), inflected as a word of the text is. */
  inflectAs(lemma: string, word: InflectedWord, irregularForms: IrregularForms): string;
  /**
   * The article at the end of a text, and the article that another word in this place needs; `undefined` without an article.
   * @param space what stands between article and word
   */
  articleBefore?(
    word: string,
    before: string,
  ): { readonly article: string; readonly fitting: string; readonly space: string } | undefined;
}

/** log P(part of speech | tag) in the order of PARTS_OF_SPEECH, for those tags that tell parts of speech apart. */
export type TagWeights = Partial<
  Record<Tag, readonly [noun: number, verb: number, adj: number, adv: number]>
>;

/** The rules of a language that need no model, such as its normalisation and lemmas. An inventory is opened with them. */
export interface Language {
  /** BCP 47 tag, such as `en`. */
  readonly code: string;
  /**
   * A form as inventories of this language write it: `normaliseForm`, and where a language does not tell some letters apart, one
   * form for them. Empty if the form cannot be a lemma.
   */
  normalise(form: string): string;
  /**
   * The lemmas of a form, by part of speech.
   * @param form in any case; words may be joined by spaces or `_`
   * @returns lemmas of the lexicon only, without duplicates
   */
  lemmasOf(form: string, lexicon: Lexicon): readonly Lemma[];
  /** Bases of forms that inventories list as exceptions though they follow a rule: the words of a project have no such list. */
  unlistedBases?(form: string, partOfSpeech: PartOfSpeech): readonly string[];
  /** Matches the end of a text whose full stop does not end a sentence, as in `Mr.`. */
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
