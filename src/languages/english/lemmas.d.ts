import { type Lemma, type Lexicon, type PartOfSpeech } from '../../core';
/**
 * A form as WordNet would write it: lower case, Latin letters without accents, words joined by `_`, plain hyphens and
 * apostrophes. Letters of other scripts stay what they are. Empty for a form too long to be in WordNet.
 */
export declare function normaliseForm(form: string): string;
/** WordNet lists these forms one by one: `tried`, `stopped`. */
export declare function unlistedBases(form: string, partOfSpeech: PartOfSpeech): readonly string[];
/**
 * The lemmas of a form, by part of speech. Other spellings (hyphens, final full stop) are tried only
 * while WordNet knows none of the earlier ones in any part of speech, so that `co-op` is not also `coop`.
 * @param form in any case; words may be joined by spaces or `_`
 * @returns each of them a lemma of the lexicon, without duplicates
 */
export declare function lemmasOf(form: string, lexicon: Lexicon): readonly Lemma[];
/**
 * Lemmas of a normalised form as one part of speech. Bases that an exception list has come first, then the
 * form itself, then bases by detachment, then, for a collocation, those got by taking its words to theirs.
 * Like WordNet, goes no further than the exception list where that is of use: many entries are there only
 * to keep the rules off a form (`forest` is not the most `fore`).
 */
export declare function baseForms(
  form: string,
  partOfSpeech: PartOfSpeech,
  lexicon: Lexicon,
): readonly string[];
