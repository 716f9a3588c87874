import type { TagWeights } from '../language';
import { PARTS_OF_SPEECH, type Tag, type VectorScale } from '../model';

/** How candidates are ranked. Weights are in units of cosine; a part of the score with weight 0 is left out. */
export interface Recipe {
  readonly scale: VectorScale;
  /** Weight of the cosine with the gloss vector. */
  readonly gloss: number;
  /** Weight of log(1 + tagged uses), the frequency prior. */
  readonly prior: number;
  /** Weight of log P(part of speech | tag) + log P(part of speech | vector). */
  readonly partOfSpeech: number;
  /**
   * What a sense without tagged uses is compared by: nothing (`left out`: it is no candidate if another sense has an average), or
   * the average over the uses of its synset and hypernyms, less `relatedDiscount`.
   */
  readonly unseen: 'left out' | 'related';
  readonly relatedDiscount: number;
  /** Factor of the scores before a softmax over the candidates makes probabilities of them. */
  readonly sharpness: number;
}

/**
 * *default*: the nearest sense vector, with all other parts of the score that help; *textbook*: averages and cosine alone. Their
 * weights are in the model's manifest (`FittedValues`).
 */
export const RECIPE_NAMES = ['default', 'textbook'] as const;
export type RecipeName = (typeof RECIPE_NAMES)[number];

const UNKNOWN = PARTS_OF_SPEECH.map(() => Math.log(1 / PARTS_OF_SPEECH.length));

/** Natural logarithm of P(part of speech | tag), in the order of PARTS_OF_SPEECH. */
export function tagLogProbabilities(tag: Tag, weights: TagWeights = {}): readonly number[] {
  return weights[tag] ?? UNKNOWN;
}
