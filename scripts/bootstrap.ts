import { isRight, type Outcome, seededRandom } from '../src/core';

/** In points of F1. */
export interface Interval {
  readonly difference: number;
  /** 95 % of the resampled differences lie between these. */
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 10_000;

/**
 * How far one system is above another on the same instances: a paired bootstrap over documents, as words of one document
 * are not independent (Efron and Tibshirani 1993; Koehn 2004). The same numbers give the same interval.
 * @param ours outcomes by document; `theirs` has the same instances in the same order
 */
export function pairedInterval(
  ours: readonly (readonly Outcome[])[],
  theirs: readonly (readonly Outcome[])[],
): Interval {
  const documents = ours.map((own, i) => ({
    size: own.length,
    gain: own.filter(isRight).length - theirs[i]!.filter(isRight).length,
  }));
  const differenceOf = (chosen: readonly (typeof documents)[number][]): number => {
    const size = chosen.reduce((sum, one) => sum + one.size, 0);
    return (100 * chosen.reduce((sum, { gain }) => sum + gain, 0)) / size;
  };
  const random = seededRandom(1);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    differenceOf(documents.map(() => documents[Math.floor(random() * documents.length)]!)),
  ).sort((a, b) => a - b);
  return {
    difference: differenceOf(documents),
    low: resampled[Math.floor(0.025 * RESAMPLES)]!,
    high: resampled[Math.ceil(0.975 * RESAMPLES) - 1]!,
  };
}
