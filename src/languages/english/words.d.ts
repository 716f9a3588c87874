import type { AbstentionRules, FoundWords, SenseInventory, Sentence } from '../../core';
/**
 * The words of one sentence, multiword lemmas first and longest first, and the abstentions, in text order. A name of several
 * words is one abstention; those of its words that WordNet knows are words all the same.
 * @param text the paragraph's text, which the sentence's offsets are in
 */
export declare function findWords(
  sentence: Sentence,
  text: string,
  inventory: SenseInventory,
  rules: AbstentionRules,
): FoundWords;
