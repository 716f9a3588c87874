import type { IrregularForms, PartOfSpeech } from '../../core';
/** How a form differs from its lemma. */
export type Inflection =
  'base' | 'plural' | 'third person' | 'gerund' | 'past' | 'participle' | 'comparative' | 'superlative';
/**
 * The inflection of a form.
 * @param form in lower case
 * @param afterAuxiliary whether a form of *have* or *be* stands before it, which makes `walked` a participle
 */
export declare function inflectionOf(
  form: string,
  lemma: string,
  partOfSpeech: PartOfSpeech,
  irregularForms: IrregularForms,
  afterAuxiliary: boolean,
): Inflection;
/**
 * A lemma in an inflection; of several words the head is inflected.
 * @param lemma words joined by spaces, in any case
 */
export declare function inflect(
  lemma: string,
  inflection: Inflection,
  partOfSpeech: PartOfSpeech,
  irregularForms: IrregularForms,
): string;
/** `a` or `an`, by the sound that a word most likely begins with. */
export declare function articleBefore(word: string): 'a' | 'an';
