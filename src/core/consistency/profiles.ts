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

/** Thresholds are chosen by `npm run consistency` on SemEval-2007 and the choosing half of the held-out documents. */
const DEFAULT: ConsistencyRules = {
  partsOfSpeech: ['noun', 'adj'],
  maximumAgreement: 0.16,
  maximumOverlap: 0.06,
  minimumDistance: 4,
  perThousandWords: 3,
  commonWords: true,
};

/**
 * *technical*: terms, so common words are left out. *fiction*: writers of it vary senses on purpose, so only the plainest
 * cases, and few of them.
 */
export const CONSISTENCY_PROFILES = {
  default: DEFAULT,
  technical: { ...DEFAULT, commonWords: false },
  fiction: { ...DEFAULT, maximumAgreement: 0.12, maximumOverlap: 0.05, perThousandWords: 1 },
} as const satisfies Readonly<Record<string, ConsistencyRules>>;
export type ConsistencyProfile = keyof typeof CONSISTENCY_PROFILES;
export const CONSISTENCY_PROFILE_NAMES = Object.keys(CONSISTENCY_PROFILES) as readonly ConsistencyProfile[];
