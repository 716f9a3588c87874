import type { LayerRule, RecipeName } from '../../core';
import type { VectorCacheSettings } from '../cache';

/** What an encoder process is started with. */
export interface EncoderProcessSettings {
  /** The manifest of the model that ships: it has the values to read with. */
  readonly manifest: string;
  readonly encoder: string;
  readonly wordnet: string;
  readonly index: string;
  readonly layer: LayerRule;
  readonly recipe: RecipeName;
  /** Tagged text that shows what senses rest on. */
  readonly corpus?: string | undefined;
  /** Threads of the network: the cores it may use. */
  readonly threads: number;
  /** Where vectors are kept between readings; without it they are not. */
  readonly cache?: VectorCacheSettings | undefined;
}
