import type { RankedSense } from './nearest';
import type { Recipe } from './recipes';

/**
 * How probable each of some ranked senses is, given that one of them is meant: a softmax over their scores at the recipe's
 * sharpness. That is fitted so that, of senses with a probability of 80 percent, 80 percent are right (temperature scaling,
 * Guo et al. 2017). Rounded to 32 bits, as annotations carry them.
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

/** A probability in whole percent, as it is shown to readers; never 100, as no prediction is certain. */
export function wholePercent(probability: number): number {
  return Math.min(99, Math.round(100 * probability));
}
