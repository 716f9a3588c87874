import type { RankedSense } from './nearest';
import type { Recipe } from './recipes';

/**
 * How probable each of some ranked senses is, if one of them is meant: a softmax over their scores at the recipe's
 * sharpness, which was fitted so that of the senses given so many percent as many are right (temperature scaling,
 * Guo et al. 2017). In 32 bits, as annotations carry them.
 */
export function probabilitiesOf(
  ranked: readonly Pick<RankedSense, 'score'>[],
  { sharpness }: Pick<Recipe, 'sharpness'>,
): number[] {
  const highest = Math.max(...ranked.map(({ score }) => score));
  const weights = ranked.map(({ score }) => Math.exp(sharpness * (score - highest)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.fround(weight / total));
}

/** Whole percent, as a reader is told it; never 100, as nothing is certain. */
export function wholePercent(probability: number): number {
  return Math.min(99, Math.round(100 * probability));
}
