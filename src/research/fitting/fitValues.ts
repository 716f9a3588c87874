import type { FittedValues } from '../../core';
import { chooseConsistency } from './consistency';
import { chooseLearning } from './learning';
import { chooseNameCosine, chooseSharpness, chooseUnsureBelow, chooseWeights, type Fitting } from './scores';

/**
 * Every value anew, one after another, each with those chosen before it: scores first, then what is made of them.
 * @param present what is tried first, and stays where nothing is better
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

/** The values of one set beside those of another, a line each: `recipe.sharpness: now 11, would be 12`. */
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
