import type { DoubtBounds } from '../annotations/doubt';
import type { ConsistencyThresholds } from '../consistency/profiles';
import type { Recipe } from '../senses/recipes';
import type { Learning } from '../senses/taught';
import { readChoice, readNumber, readObject } from './jsonReader';

/**
 * Every number that was fitted to an encoder and its sense vectors. With other vectors scores have another scale, and each of
 * these numbers has another best value. `npm run fit` chooses them (docs/model.md).
 */
export interface FittedValues {
  readonly recipe: Recipe;
  readonly doubt: DoubtBounds;
  /** From this cosine on a name reads like a name of a person, a place or a group. */
  readonly nameCosine: number;
  readonly learning: Learning;
  readonly consistency: ConsistencyThresholds;
}

/** @throws Error naming the field that is missing or wrong */
export function readFitted(value: unknown, place: string): FittedValues {
  const fields = readObject(value, place);
  const recipe = readObject(fields['recipe'], `${place}.recipe`);
  const doubt = readObject(fields['doubt'], `${place}.doubt`);
  const learning = readObject(fields['learning'], `${place}.learning`);
  const line = readObject(learning['useToSense'], `${place}.learning.useToSense`);
  const consistency = readObject(fields['consistency'], `${place}.consistency`);
  const weight = (name: string): number => readNumber(recipe[name], `${place}.recipe.${name}`, 0, 1);
  const thresholds = (name: 'default' | 'fiction'): ConsistencyThresholds['default'] => {
    const own = readObject(consistency[name], `${place}.consistency.${name}`);
    const share = (field: string): number =>
      readNumber(own[field], `${place}.consistency.${name}.${field}`, 0, 1);
    return { maximumAgreement: share('maximumAgreement'), maximumOverlap: share('maximumOverlap') };
  };
  return {
    recipe: {
      scale: readChoice(recipe['scale'], `${place}.recipe.scale`, ['raw', 'standardised']),
      gloss: weight('gloss'),
      prior: weight('prior'),
      partOfSpeech: weight('partOfSpeech'),
      unseen: readChoice(recipe['unseen'], `${place}.recipe.unseen`, ['left out', 'related']),
      relatedDiscount: weight('relatedDiscount'),
      sharpness: readNumber(recipe['sharpness'], `${place}.recipe.sharpness`, 0, 1000),
    },
    doubt: {
      unsureBelow: readNumber(doubt['unsureBelow'], `${place}.doubt.unsureBelow`, 0, 1),
      farCosine: readNumber(doubt['farCosine'], `${place}.doubt.farCosine`, -1, 1),
    },
    nameCosine: readNumber(fields['nameCosine'], `${place}.nameCosine`, -1, 1),
    learning: {
      // At 1 it would divide by zero.
      likeness: readNumber(learning['likeness'], `${place}.learning.likeness`, -1, 0.999),
      push: readNumber(learning['push'], `${place}.learning.push`, 0, 2),
      useToSense: {
        slope: readNumber(line['slope'], `${place}.learning.useToSense.slope`, 0, 100),
        offset: readNumber(line['offset'], `${place}.learning.useToSense.offset`, -100, 100),
      },
    },
    consistency: { default: thresholds('default'), fiction: thresholds('fiction') },
  };
}
