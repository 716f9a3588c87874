import type { PartOfSpeech, SenseKey } from '../core';

/** One scored gold instance. */
export interface Outcome {
  readonly partOfSpeech: PartOfSpeech;
  readonly gold: readonly SenseKey[];
  /** The predicted sense; `undefined` if the instance is unanswered. */
  readonly answer: SenseKey | undefined;
  /** The compared senses, best first; empty for a word with one sense, and for an unanswered instance. */
  readonly ranked: readonly { readonly sense: SenseKey; readonly score: number }[];
  readonly polysemous: boolean;
  /** Does none of the gold senses have an average in the index? */
  readonly unseen: boolean;
}

/** F1 in percent, as in Raganato et al. 2017 but for unanswered instances; null where there is no instance. */
export interface Scores {
  readonly f1: Readonly<Record<'all' | PartOfSpeech, number | null>>;
  readonly polysemous: number | null;
  readonly unseen: number | null;
  readonly instances: number;
  readonly answered: number;
}

export function score(outcomes: readonly Outcome[]): Scores {
  const part = (partOfSpeech: PartOfSpeech): number | null =>
    f1(outcomes.filter((outcome) => outcome.partOfSpeech === partOfSpeech));
  return {
    f1: { all: f1(outcomes), noun: part('noun'), verb: part('verb'), adj: part('adj'), adv: part('adv') },
    polysemous: f1(outcomes.filter(({ polysemous }) => polysemous)),
    unseen: f1(outcomes.filter(({ unseen }) => unseen)),
    instances: outcomes.length,
    answered: outcomes.filter(({ answer }) => answer !== undefined).length,
  };
}

export function isRight({ answer, gold }: Outcome): boolean {
  return answer !== undefined && gold.includes(answer);
}

/** An unanswered instance counts as wrong in precision too, so F1 is the share of right answers. */
function f1(outcomes: readonly Outcome[]): number | null {
  if (outcomes.length === 0) return null;
  return Math.round((1000 * outcomes.filter(isRight).length) / outcomes.length) / 10;
}
