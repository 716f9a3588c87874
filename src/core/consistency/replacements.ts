import type { SenseInventory } from '../ports';
import type { ConsistencyWarning } from './warnings';

/** A synonym to put in the place of a word. */
export interface Replacement {
  /** The text to put in, with the article before the word where that changes. */
  readonly text: string;
  /** How many characters before the word are replaced too. */
  readonly before: number;
}

/**
 * The synonyms of the sense a flagged word has here, each inflected and written as the word was; none in a language that
 * has no rules for it.
 * @param text the word as written
 * @param before some words of the text before it
 */
export function replacementsFor(
  { lemma, partOfSpeech, sense }: Pick<ConsistencyWarning, 'lemma' | 'partOfSpeech' | 'sense'>,
  text: string,
  before: string,
  inventory: SenseInventory,
): Replacement[] {
  const rules = inventory.language.inflection;
  if (!rules) return [];
  const word = { text, lemma, partOfSpeech, before };
  return inventory.describe(sense).synonyms.map((synonym) => {
    const inflected = rules.inflectAs(synonym.replaceAll('_', ' '), word, (...args) =>
      inventory.irregularForms(...args),
    );
    const replacement = casedAs(text, inflected);
    const found = rules.articleBefore?.(replacement, before);
    if (!found || found.article.toLowerCase() === found.fitting) return { text: replacement, before: 0 };
    const { article, fitting, space } = found;
    return {
      text: `${casedAs(article, fitting)}${space}${replacement}`,
      before: article.length + space.length,
    };
  });
}

/** A text in capitals, or with one capital at its start, if the model is written so. */
function casedAs(model: string, text: string): string {
  if (model.length > 1 && /\p{Lu}/u.test(model) && model === model.toUpperCase()) return text.toUpperCase();
  return /^\p{Lu}/u.test(model) ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : text;
}
