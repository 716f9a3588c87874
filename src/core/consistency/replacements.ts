import type { SenseInventory } from '../ports';
import { articleBefore, inflect, inflectionOf, type IrregularForms } from '../../languages';
import { normaliseForm } from '../../languages';
import type { ConsistencyWarning } from './warnings';

/** A synonym in the place of a word. */
export interface Replacement {
  /** What is put in, the article before it included where that changes. */
  readonly text: string;
  /** Characters before the word that are replaced too. */
  readonly before: number;
}

const AUXILIARY =
  /\b(?:ha(?:ve|s|d|ving)|is|are|was|were|be(?:en|ing)?|am|got|gets?)(?:n['’]t| not| \w+ly)? $/i;
const ARTICLE = /(?:^|[^\p{L}])(an?)(\s+)$/iu;

/**
 * The synonyms of the sense a flagged word has here, each inflected and written as the word was.
 * @param text the word as written
 * @param before some words of the text before it
 */
export function replacementsFor(
  { lemma, partOfSpeech, sense }: Pick<ConsistencyWarning, 'lemma' | 'partOfSpeech' | 'sense'>,
  text: string,
  before: string,
  inventory: SenseInventory,
): Replacement[] {
  const irregularForms: IrregularForms = (...args) => inventory.irregularForms(...args);
  const form = normaliseForm(text).replaceAll('_', ' ');
  const inflection = inflectionOf(
    form,
    lemma.replaceAll('_', ' '),
    partOfSpeech,
    irregularForms,
    AUXILIARY.test(before),
  );
  const [, article, space] = ARTICLE.exec(before) ?? [];
  return inventory.describe(sense).synonyms.map((synonym) => {
    const word = casedAs(
      text,
      inflect(synonym.replaceAll('_', ' '), inflection, partOfSpeech, irregularForms),
    );
    const fitting = articleBefore(word);
    if (article === undefined || article.toLowerCase() === fitting) return { text: word, before: 0 };
    return {
      text: `${casedAs(article, fitting)}${space!}${word}`,
      before: article.length + space!.length,
    };
  });
}

/** In capitals, or with one at the start, as the model is. */
function casedAs(model: string, text: string): string {
  if (model.length > 1 && /\p{Lu}/u.test(model) && model === model.toUpperCase()) return text.toUpperCase();
  return /^\p{Lu}/u.test(model) ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : text;
}
