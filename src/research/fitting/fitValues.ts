import type { FittedValues } from '../../core';
import { chooseConsistency } from './consistency';
import { chooseLearning } from './learning';
import { chooseNameCosine, chooseSharpness, chooseUnsureBelow, chooseWeights, type Fitting } from './scores';

/**
 * Chooses every value anew, one after another, each with those chosen before it: first the values that scores depend on, then
 * those that depend on scores.
 * @param present the values to begin with; each stays if no other is better
 */
export async function fitValues(present: FittedValues, fitting: Fitting): Promise<FittedValues> {
  let fitted = present;
  fitted = { ...fitted, recipe: await chooseWeights(fitted, fitting) };
  fitted = {
    ...fitted,
    recipe: { ...fitted.recipe, sharpness: await chooseSharpness(fitted, fitting) },
  };
  const { learning, farCosine } = await chooseLearning(fitted, fitting);
  const doubt = { unsureBelow: await chooseUnsureBelow(fitted, fitting), farCosine };
  fitted = { ...fitted, learning, doubt };
  fitted = { ...fitted, nameCosine: await chooseNameCosine(fitted, fitting) };
  return { ...fitted, consistency: await chooseConsistency(fitted, fitting) };
}

/** A line for each value, present and fitted: `recipe.sharpness: now 11, would be 12`. */
export function differences(present: FittedValues, fitted: FittedValues): string[] {
  const lines: string[] = [];
  const compare = (now: unknown, then: unknown, place: string): void => {
    if (typeof now === 'object' && now !== null) {
      for (const [name, value] of Object.entries(now))
        compare(value, (then as Readonly<Record<string, unknown>>)[name], place ? `${place}.${name}` : name);
    } else if (typeof now === 'number') {
      lines.push(`${place}: now ${now}, ${now === then ? 'would stay' : `would be ${String(then)}`}`);
    }
  };
  compare(present, fitted, '');
  return lines;
}
