import type { PartOfSpeech } from '../model';

/** When two uses of a word are far enough apart for a consistency warning (docs/consistency.md). */
export interface ConsistencyRules {
  readonly partsOfSpeech: readonly PartOfSpeech[];
  /**
   * Highest probability that the flagged use and a use it is held against have one sense: the sum, over their senses, of the
   * product of both probabilities.
   */
  readonly maximumAgreement: number;
  /** Highest probability that a use it is held against gives to the flagged use's sense. */
  readonly maximumOverlap: number;
  /** Fewest steps between the two senses by hypernyms: 2 are sisters. */
  readonly minimumDistance: number;
  /** Warnings in 1,000 words of text at most; the strongest stay. */
  readonly perThousandWords: number;
  /** Common words, such as *way* or *time*, too? Everybody varies them, and nobody notices. */
  readonly commonWords: boolean;
}

/** How far apart uses have to be for one kind of sense vectors, chosen by `npm run fit`; for fiction farther (docs/consistency.md). */
export type ConsistencyThresholds = Readonly<
  Record<'default' | 'fiction', Pick<ConsistencyRules, 'maximumAgreement' | 'maximumOverlap'>>
>;

export const CONSISTENCY_PROFILE_NAMES = ['default', 'technical', 'fiction'] as const;
export type ConsistencyProfile = (typeof CONSISTENCY_PROFILE_NAMES)[number];

/**
 * The rules of a profile. *technical*: terms, so common words are left out. *fiction*: writers of it vary senses on purpose, so
 * only the plainest cases, and few of them.
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
