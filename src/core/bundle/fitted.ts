import type { DoubtBounds } from '../annotations/doubt';
import type { ConsistencyThresholds } from '../consistency/profiles';
import type { Recipe } from '../senses/recipes';
import type { Learning } from '../senses/taught';
import { type Reader, readers } from './jsonReader';

/**
 * Every number that was fitted to an encoder and its sense vectors. They belong together: with other vectors scores have another
 * scale, and each of these numbers another best value. `npm run fit` chooses them (docs/model.md).
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
export const readFitted: Reader<FittedValues> = (value, place) => {
  const { object, number, oneOf } = readers;
  const fields = object(value, place);
  const recipe = object(fields['recipe'], `${place}.recipe`);
  const doubt = object(fields['doubt'], `${place}.doubt`);
  const learning = object(fields['learning'], `${place}.learning`);
  const line = object(learning['useToSense'], `${place}.learning.useToSense`);
  const consistency = object(fields['consistency'], `${place}.consistency`);
  const weight = (name: string): number => number(recipe[name], `${place}.recipe.${name}`, 0, 1);
  const thresholds = (name: 'default' | 'fiction'): ConsistencyThresholds['default'] => {
    const own = object(consistency[name], `${place}.consistency.${name}`);
    const share = (field: string): number =>
      number(own[field], `${place}.consistency.${name}.${field}`, 0, 1);
    return { maximumAgreement: share('maximumAgreement'), maximumOverlap: share('maximumOverlap') };
  };
  return {
    recipe: {
      scale: oneOf(recipe['scale'], `${place}.recipe.scale`, ['raw', 'standardised']),
      gloss: weight('gloss'),
      prior: weight('prior'),
      partOfSpeech: weight('partOfSpeech'),
      unseen: oneOf(recipe['unseen'], `${place}.recipe.unseen`, ['left out', 'related']),
      relatedDiscount: weight('relatedDiscount'),
      sharpness: number(recipe['sharpness'], `${place}.recipe.sharpness`, 0, 1000),
    },
    doubt: {
      unsureBelow: number(doubt['unsureBelow'], `${place}.doubt.unsureBelow`, 0, 1),
      farCosine: number(doubt['farCosine'], `${place}.doubt.farCosine`, -1, 1),
    },
    nameCosine: number(fields['nameCosine'], `${place}.nameCosine`, -1, 1),
    learning: {
      // At 1 it would divide by zero.
      likeness: number(learning['likeness'], `${place}.learning.likeness`, -1, 0.999),
      push: number(learning['push'], `${place}.learning.push`, 0, 2),
      useToSense: {
        slope: number(line['slope'], `${place}.learning.useToSense.slope`, 0, 100),
        offset: number(line['offset'], `${place}.learning.useToSense.offset`, -100, 100),
      },
    },
    consistency: { default: thresholds('default'), fiction: thresholds('fiction') },
  };
};
