import { type LemmaSenses, type SenseInventory, type Token } from '../../core';
/** Tokens `first` to `last` (inclusive) stand for one of these lemmas. */
export interface Multiword {
  readonly first: number;
  readonly last: number;
  readonly lemmas: readonly LemmaSenses[];
}
/**
 * The multiword lemmas of a sentence, the longest first where several start at one word; they do not overlap.
 * @param text the paragraph's text, which the tokens' offsets are in
 */
export declare function findMultiwords(
  tokens: readonly Token[],
  text: string,
  inventory: SenseInventory,
): Multiword[];
