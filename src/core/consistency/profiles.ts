import type { PartOfSpeech } from '../model';

/** When two uses of a word are far enough apart for a consistency warning (docs/consistency.md). */
export interface ConsistencyRules {
  readonly partsOfSpeech: readonly PartOfSpeech[];
  /**
   * Highest probability that the flagged use and a use it is compared with have the same sense: the sum, over their senses, of
   * the product of both probabilities.
   */
  readonly maximumAgreement: number;
  /** Highest probability of the flagged use's sense in a use that it is compared with. */
  readonly maximumOverlap: number;
  /** Fewest steps between the two senses by hypernyms; senses with a common hypernym are 2 steps apart. */
  readonly minimumDistance: number;
  /** Most warnings in 1,000 words of text; the strongest are kept. */
  readonly perThousandWords: number;
  /** Are common words, such as *way* or *time*, checked too? Everybody varies their senses, and nobody notices. */
  readonly commonWords: boolean;
}

/** How far apart uses have to be, for one kind of sense vectors; `npm run fit` chooses it (docs/consistency.md). */
export type ConsistencyThresholds = Readonly<
  Record<'default' | 'fiction', Pick<ConsistencyRules, 'maximumAgreement' | 'maximumOverlap'>>
>;

export const CONSISTENCY_PROFILE_NAMES = ['default', 'technical', 'fiction'] as const;
export type ConsistencyProfile = (typeof CONSISTENCY_PROFILE_NAMES)[number];

/**
 * The rules of a profile. *technical* is about terms, so common words are left out. *fiction* gives few warnings, about the
 * plainest cases only, since its writers vary senses on purpose.
 */
export function profileRules(
  profile: ConsistencyProfile,
  thresholds: ConsistencyThresholds,
): ConsistencyRules {
  const rules: ConsistencyRules = {
    ...thresholds.default,
    partsOfSpeech: ['noun', 'adj'],
    minimumDistance: 4,
    perThousandWords: 3,
    commonWords: true,
  };
  switch (profile) {
    case 'default':
      return rules;
    case 'technical':
      return { ...rules, commonWords: false };
    case 'fiction':
      return { ...rules, ...thresholds.fiction, perThousandWords: 1 };
  }
}
