import type { SenseId, SenseInventory, Span, Tag, Token } from '../../core';
import type { CapitalUse } from './capitals';
/** The senses of "person", "location" and "group" that stand for names. */
export declare function nameSenses(inventory: SenseInventory): readonly SenseId[];
/** At this cosine a name reads like one: those of a novel lie mostly above it, "String" and "Chapter" in a handbook below. */
export declare const NAME_COSINE = 0.45;
/**
 * Are all that WordNet lists under a name known persons (lexnames(5WN): 18)? A text's Shaw is hardly ever the playwright, while its
 * Paris is the city and its Englishman what WordNet says.
 * @param own senses of the word
 */
export declare function areKnownPersons(own: readonly SenseId[], inventory: SenseInventory): boolean;
/** Where a capital says nothing, as at the start of a sentence, the tagger has to think so too. */
export declare function mayBeName(tag: Tag, capital: CapitalUse): boolean;
/** Names of several words: "Nick Skorich", "Cincinnati University". */
export declare function findNames(
  tokens: readonly Token[],
  capitals: readonly CapitalUse[],
  inventory: SenseInventory,
): Span[];
