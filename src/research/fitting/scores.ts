import type { FittedValues } from '../../core';
import { coverageAt, fitSharpness } from '../confidence';
import { evaluate, type EvaluationOptions } from '../evaluation';
import { type Outcome, score } from '../score';
import type { TestSet } from './testSets';

/** The opened model that values are fitted to; its encoder should remember windows, as the same text is read often. */
export type FittedModel = Pick<
  EvaluationOptions,
  'encoder' | 'wordPieces' | 'inventory' | 'pack' | 'index' | 'layer'
>;

/** What a fit needs: the model, and the sets to choose on. */
export interface Fitting {
  readonly model: FittedModel;
  /** The test sets to choose on. */
  readonly sets: readonly TestSet[];
  readonly tell: (what: string) => void;
}

export async function outcomesWith(
  fitted: FittedValues,
  { model, sets }: Fitting,
  raw: boolean,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { documents, order } of sets) {
    const options = { ...model, fitted, raw, order, staticVectors: false };
    outcomes.push(...(await evaluate(documents, options)).outcomes);
  }
  return outcomes;
}

/** F1 in percent from plain text, as readers' documents are read. */
async function scoreWith(fitted: FittedValues, fitting: Fitting): Promise<number> {
  return score(await outcomesWith(fitted, fitting, true)).f1.all!;
}

/** The values that are tried for each weight. A weight that is 0 stays 0: its part of the score does not help these vectors. */
const WEIGHTS = {
  gloss: [0.1, 0.15, 0.2, 0.25, 0.3],
  prior: [0.02, 0.03, 0.04, 0.05, 0.06],
  partOfSpeech: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3],
  relatedDiscount: [0.05, 0.1, 0.15, 0.2],
} as const;
/** A value is better than another if F1 is higher by so many points; below that it may be chance, and the present one stays. */
const WORTH = 0.2;

/** Compares in tenths, in which F1 is given. */
function isBetter(f1: number, other: number): boolean {
  return Math.round(10 * (f1 - other)) >= 10 * WORTH;
}

/** Chooses the weights of a recipe among round numbers, one weight after another, by F1 from plain text. */
export async function chooseWeights(fitted: FittedValues, fitting: Fitting): Promise<FittedValues['recipe']> {
  let { recipe } = fitted;
  let best = await scoreWith(fitted, fitting);
  for (const name of Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]) {
    if (recipe[name] === 0) continue;
    for (const weight of WEIGHTS[name]) {
      const tried = { ...recipe, [name]: weight };
      const f1 = await scoreWith({ ...fitted, recipe: tried }, fitting);
      fitting.tell(`${name} ${weight}: F1 ${f1.toFixed(1)}`);
      if (isBetter(f1, best)) [recipe, best] = [tried, f1];
    }
  }
  return recipe;
}

/** Chooses the sharpness with the least negative log-likelihood on polysemous instances of the choosing half. */
export async function chooseSharpness(fitted: FittedValues, fitting: Fitting): Promise<number> {
  const sets = fitting.sets.filter(({ half }) => half === 'choosing');
  const outcomes = await outcomesWith(fitted, { ...fitting, sets }, false);
  return fitSharpness(outcomes.filter(({ ranked }) => ranked.length > 1));
}

/** Share of the polysemous words that are to be above `unsureBelow`. */
const SURE_SHARE = 0.8;

/** The probability above which four words of five lie. */
export async function chooseUnsureBelow(fitted: FittedValues, fitting: Fitting): Promise<number> {
  const outcomes = await outcomesWith(fitted, fitting, false);
  const { probability } = coverageAt(outcomes, fitted.recipe.sharpness, SURE_SHARE);
  return Math.round(100 * probability) / 100;
}

const NAME_COSINES = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6];

/**
 * Chooses the cosine from which on a word counts as a name: the round number with the greatest F1 from plain text, where names are
 * tagged as persons, locations and groups. Of equals it takes the greatest, as no word is tagged as not being a name.
 */
export async function chooseNameCosine(fitted: FittedValues, fitting: Fitting): Promise<number> {
  const tried: { readonly nameCosine: number; readonly f1: number }[] = [];
  for (const nameCosine of NAME_COSINES) {
    const f1 = await scoreWith({ ...fitted, nameCosine }, fitting);
    fitting.tell(`name cosine ${nameCosine}: F1 ${f1.toFixed(1)}`);
    tried.push({ nameCosine, f1 });
  }
  const best = Math.max(...tried.map(({ f1 }) => f1));
  return tried.findLast(({ f1 }) => !isBetter(best, f1))!.nameCosine;
}
