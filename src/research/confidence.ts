import { probabilitiesOf } from '../core';
import { isRight, type Outcome } from './score';

/** A share of outcomes, the surest first, and how many of them are right. */
export interface CoveragePoint {
  readonly coverage: number;
  readonly accuracy: number;
  /** The lowest probability among them. */
  readonly probability: number;
}

/** The probability that the answer has: 1 where nothing was compared, 0 where there is none. */
export function confidenceOf({ answer, ranked }: Outcome, sharpness: number): number {
  if (answer === undefined) return 0;
  return ranked.length === 0 ? 1 : probabilitiesOf(ranked, { sharpness })[0]!;
}

/**
 * Mean distance between what is promised and what is right, over bins of equal mass, surest apart from least sure
 * (Naeini et al. 2015), from 0 to 1.
 */
export function calibrationError(outcomes: readonly Outcome[], sharpness: number, bins = 15): number {
  const sorted = judged(outcomes, sharpness);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const own = sorted.slice((bin * sorted.length) / bins, ((bin + 1) * sorted.length) / bins);
    const promised = own.reduce((sum, { confidence }) => sum + confidence, 0);
    const right = own.filter(({ isRight }) => isRight).length;
    error += Math.abs(promised - right);
  }
  return sorted.length === 0 ? 0 : error / sorted.length;
}

/** Accuracy when only the surest share is answered. */
export function coverageAt(outcomes: readonly Outcome[], sharpness: number, coverage: number): CoveragePoint {
  const sorted = judged(outcomes, sharpness);
  const own = sorted.slice(0, Math.round(coverage * sorted.length));
  return {
    coverage,
    accuracy: own.filter(({ isRight }) => isRight).length / own.length,
    probability: own.at(-1)?.confidence ?? 1,
  };
}

/** Mean negative log-probability of the right senses, where one was among those compared. */
export function negativeLogLikelihood(outcomes: readonly Outcome[], sharpness: number): number {
  let sum = 0;
  let count = 0;
  for (const { ranked, gold } of outcomes) {
    if (!ranked.some(({ sense }) => gold.includes(sense))) continue;
    const probabilities = probabilitiesOf(ranked, { sharpness });
    const right = ranked.reduce(
      (all, { sense }, i) => all + (gold.includes(sense) ? probabilities[i]! : 0),
      0,
    );
    sum -= Math.log(right);
    count++;
  }
  return sum / count;
}

/** The whole-numbered sharpness of the least negative log-likelihood. */
export function fitSharpness(outcomes: readonly Outcome[]): number {
  let best = 1;
  let least = Infinity;
  for (let sharpness = 1; sharpness <= 60; sharpness++) {
    const value = negativeLogLikelihood(outcomes, sharpness);
    if (value < least) [best, least] = [sharpness, value];
  }
  return best;
}

/** Surest first. */
function judged(
  outcomes: readonly Outcome[],
  sharpness: number,
): { readonly confidence: number; readonly isRight: boolean }[] {
  return outcomes
    .map((outcome) => ({ confidence: confidenceOf(outcome, sharpness), isRight: isRight(outcome) }))
    .sort((a, b) => b.confidence - a.confidence);
}
