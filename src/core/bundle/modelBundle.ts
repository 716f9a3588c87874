import type { LayerRule } from '../model';
import type { SenseInventory } from '../ports';
import type { SenseIndex } from '../senses/senseIndex';
import type { Embedder } from '../vectors/embed';
import type { FittedValues } from './fitted';

/** An opened model whose parts fit together: one language, one encoder, its sense vectors, the values fitted to them. */
export interface ModelBundle extends Pick<Embedder, 'encoder' | 'wordPieces'> {
  /** Language of the texts that the model reads: a BCP 47 tag, such as `en`. */
  readonly language: string;
  readonly inventory: SenseInventory;
  readonly index: SenseIndex;
  /** Which of the encoder's outputs the sense vectors were made from. */
  readonly layer: LayerRule;
  readonly fitted: FittedValues;
  /** Licence notices of the corpora and other sources that the vectors were made from. */
  readonly licences: readonly string[];
}
