import { probabilitiesOf } from '../core';
import { isRight, type Outcome } from './score';

/** The accuracy when only the surest share of the outcomes (`coverage`) is answered. */
export interface CoveragePoint {
  readonly coverage: number;
  readonly accuracy: number;
  /** The lowest probability among the answered outcomes. */
  readonly probability: number;
}

/** The probability of the answer: 1 for a word with one sense, 0 without an answer. */
export function confidenceOf({ answer, ranked }: Outcome, sharpness: number): number {
  if (answer === undefined) return 0;
  return ranked.length === 0 ? 1 : probabilitiesOf(ranked, { sharpness })[0]!;
}

/**
 * Expected calibration error, 0 to 1: the mean distance between probability and accuracy, over bins of equally many outcomes
 * sorted by probability (Naeini et al. 2015).
 */
export function calibrationError(outcomes: readonly Outcome[], sharpness: number, bins = 15): number {
  const sorted = judged(outcomes, sharpness);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const inBin = sorted.slice((bin * sorted.length) / bins, ((bin + 1) * sorted.length) / bins);
    const promised = inBin.reduce((sum, { confidence }) => sum + confidence, 0);
    const right = inBin.filter(({ isRight }) => isRight).length;
    error += Math.abs(promised - right);
  }
  return sorted.length === 0 ? 0 : error / sorted.length;
}

/** Accuracy when only the surest share of the outcomes is answered. */
export function coverageAt(outcomes: readonly Outcome[], sharpness: number, coverage: number): CoveragePoint {
  const sorted = judged(outcomes, sharpness);
  const answered = sorted.slice(0, Math.round(coverage * sorted.length));
  return {
    coverage,
    accuracy: answered.filter(({ isRight }) => isRight).length / answered.length,
    probability: answered.at(-1)?.confidence ?? 1,
  };
}

/** Mean negative log-probability of the right senses, over the outcomes that have a right sense among the compared ones. */
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

/** The whole number whose use as sharpness gives the least negative log-likelihood. */
export function fitSharpness(outcomes: readonly Outcome[]): number {
  let best = 1;
  let least = Infinity;
  for (let sharpness = 1; sharpness <= 60; sharpness++) {
    const value = negativeLogLikelihood(outcomes, sharpness);
    if (value < least) [best, least] = [sharpness, value];
  }
  return best;
}

/** The outcomes with their probabilities and whether they are right, the surest first. */
function judged(
  outcomes: readonly Outcome[],
  sharpness: number,
): { readonly confidence: number; readonly isRight: boolean }[] {
  return outcomes
    .map((outcome) => ({ confidence: confidenceOf(outcome, sharpness), isRight: isRight(outcome) }))
    .sort((a, b) => b.confidence - a.confidence);
}
