import type { NumberedSense } from '../../src/core/project/projectInventory';

/** A sense of a project for a word; what a test does not name is plain. */
export function projectSense(number: number, word: string, more: Partial<NumberedSense> = {}): NumberedSense {
  return {
    number,
    word,
    partOfSpeech: 'noun',
    id: 'own',
    definition: `what ${word} means here`,
    examples: [],
    wordnet: 'beside',
    ...more,
  };
}
