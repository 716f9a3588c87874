import type { LayerRule } from '../model';
import type { SenseInventory } from '../ports';
import type { SenseIndex } from '../senses/senseIndex';
import type { Embedder } from '../vectors/embed';
import type { FittedValues } from './fitted';

/** What reading goes by, opened and found to fit together: one language, one encoder, its sense vectors, the values fitted to them. */
export interface ModelBundle extends Pick<Embedder, 'encoder' | 'wordPieces'> {
  /** Of the texts it reads, as BCP 47 has it: `en`. */
  readonly language: string;
  readonly inventory: SenseInventory;
  readonly index: SenseIndex;
  /** Which of the encoder's outputs the sense vectors were made from. */
  readonly layer: LayerRule;
  readonly fitted: FittedValues;
  /** Notices of what the vectors were made from. */
  readonly licences: readonly string[];
}
