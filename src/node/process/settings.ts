import type { LayerRule, RecipeName } from '../../core';
import type { VectorCacheSettings } from '../cache';

/** The settings with which an encoder process is started. */
export interface EncoderProcessSettings {
  /** Path of the shipped model's manifest, which holds the fitted values. */
  readonly manifest: string;
  readonly encoder: string;
  readonly wordnet: string;
  readonly index: string;
  readonly layer: LayerRule;
  readonly recipe: RecipeName;
  /** Path of a tagged corpus, for examples of senses; without it there are none. */
  readonly corpus?: string | undefined;
  /** Number of encoder threads; each uses one core. */
  readonly threads: number;
  /** Folder and size of the vector cache; without it vectors are not kept between readings. */
  readonly cache?: VectorCacheSettings | undefined;
}
