import type { TagWeights } from '../language';
import { PARTS_OF_SPEECH, type Tag, type VectorScale } from '../model';

/** How candidates are ranked. Weights are in units of cosine; 0 leaves a part out. */
export interface Recipe {
  readonly name: string;
  readonly scale: VectorScale;
  /** Weight of the cosine with the gloss vector. */
  readonly gloss: number;
  /** Weight of log(1 + tagged uses), the frequency prior. */
  readonly prior: number;
  /** Weight of log P(part of speech | tag) + log P(part of speech | vector). */
  readonly partOfSpeech: number;
  /**
   * What a sense without tagged uses is compared by: nothing (it is no candidate while another has an
   * average), or the average of its synset's and hypernyms' uses, less `relatedDiscount`.
   */
  readonly unseen: 'left out' | 'related';
  readonly relatedDiscount: number;
  /** What scores are multiplied by before they become probabilities, by a softmax over the candidates. */
  readonly sharpness: number;
}

/** The plain formula: averages and cosine alone. */
export const TEXTBOOK: Recipe = {
  name: 'textbook',
  scale: 'standardised',
  gloss: 0,
  prior: 0,
  partOfSpeech: 0.05,
  unseen: 'left out',
  relatedDiscount: 0,
  sharpness: 3,
};

/**
 * The default over averages, as an index built on a reader's own corpus or encoder has them. Weights chosen on
 * SemEval-2007 and the choosing half of the held-out documents (docs/evaluation.md).
 */
export const AVERAGES: Recipe = {
  name: 'default',
  scale: 'standardised',
  gloss: 0.2,
  prior: 0.04,
  partOfSpeech: 0.05,
  unseen: 'related',
  relatedDiscount: 0.1,
  sharpness: 7,
};

/** The default over trained sense vectors: they know frequencies and glosses already. Chosen in the same way. */
export const TRAINED: Recipe = {
  name: 'default',
  scale: 'standardised',
  gloss: 0,
  prior: 0,
  partOfSpeech: 0.2,
  unseen: 'related',
  relatedDiscount: 0.1,
  sharpness: 11,
};

export const RECIPE_NAMES = ['default', 'textbook'] as const;
export type RecipeName = (typeof RECIPE_NAMES)[number];

/** The recipe of this name that goes with the kind of sense vectors an index holds. */
export function recipeFor(name: RecipeName, { trained }: { readonly trained: boolean }): Recipe {
  if (name === 'textbook') return TEXTBOOK;
  return trained ? TRAINED : AVERAGES;
}

const UNKNOWN = PARTS_OF_SPEECH.map(() => Math.log(1 / PARTS_OF_SPEECH.length));

/** Natural logarithm of P(part of speech | tag), in the order of PARTS_OF_SPEECH. */
export function tagLogProbabilities(tag: Tag, weights: TagWeights = {}): readonly number[] {
  return weights[tag] ?? UNKNOWN;
}
