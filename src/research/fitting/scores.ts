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

/** What is fitted, with what was fitted before it. */
export interface Fitting {
  readonly model: FittedModel;
  /** Those that things are chosen on. */
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

/** F1 in percent from plain text, which is what a reader gets. */
async function scoreWith(fitted: FittedValues, fitting: Fitting): Promise<number> {
  return score(await outcomesWith(fitted, fitting, true)).f1.all!;
}

/** What each weight is tried at; a weight that is 0 is a part that these vectors do without, and stays so. */
const WEIGHTS = {
  gloss: [0.1, 0.15, 0.2, 0.25, 0.3],
  prior: [0.02, 0.03, 0.04, 0.05, 0.06],
  partOfSpeech: [0.05, 0.1, 0.15, 0.2, 0.25, 0.3],
  relatedDiscount: [0.05, 0.1, 0.15, 0.2],
} as const;
/** Points of F1 from which on a round number is better than another; less is chance, and the present one stays. */
const WORTH = 0.2;

/** F1 comes in tenths. */
function isBetter(f1: number, other: number): boolean {
  return Math.round(10 * (f1 - other)) >= 10 * WORTH;
}

/** The weights of a recipe: round numbers, one weight after another, by the F1 from plain text. */
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

/** The sharpness of a recipe: of the least negative log-likelihood on polysemous instances of the choosing half. */
export async function chooseSharpness(fitted: FittedValues, fitting: Fitting): Promise<number> {
  const sets = fitting.sets.filter(({ half }) => half === 'choosing');
  const outcomes = await outcomesWith(fitted, { ...fitting, sets }, false);
  return fitSharpness(outcomes.filter(({ ranked }) => ranked.length > 1));
}

/** Four words of five are to be above the bound. */
const SURE_SHARE = 0.8;

/** The probability above which four words of five lie. */
export async function chooseUnsureBelow(fitted: FittedValues, fitting: Fitting): Promise<number> {
  const outcomes = await outcomesWith(fitted, fitting, false);
  const { probability } = coverageAt(outcomes, fitted.recipe.sharpness, SURE_SHARE);
  return Math.round(100 * probability) / 100;
}

const NAME_COSINES = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6];

/**
 * The cosine from which on a name is told as one: of round numbers the one with the greatest F1 from plain text, in which names are
 * tagged as persons, locations and groups; of equals the greatest, as nobody tagged what is no name.
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
