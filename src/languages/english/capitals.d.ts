import type { LemmaSenses, SenseInventory, Token } from '../../core';
/**
 * What a token's capital says: it marks a name, nothing (sentence start, title), or there is none. In a unit
 * of several words, `common` is firmer than `none`: "the hills" is never the Hill.
 */
export type CapitalUse = 'name' | 'open' | 'none' | 'common';
/** A unit with a name in it is a name; one that has no capital at all is none. */
export declare function unitCapital(uses: readonly CapitalUse[]): CapitalUse;
/** What the capital of each token of a sentence says. */
export declare function capitalUse(tokens: readonly Token[], inventory: SenseInventory): CapitalUse[];
/** A name keeps the senses that WordNet capitalises; a lower-case word keeps the others, if it has any. */
export declare function fitCapitals(
  lemmas: readonly LemmaSenses[],
  use: CapitalUse,
  inventory: SenseInventory,
): readonly LemmaSenses[];
