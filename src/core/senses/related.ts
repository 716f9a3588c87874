import type { SenseInventory } from '../ports';
import { addInto } from '../vectors/math';
import type { SenseIndex } from './senseIndex';

/** Most steps up the hypernyms; further up meanings are too general to help. */
const FARTHEST = 3;

/** The average of standardised vectors over tagged uses of related senses. */
export interface RelatedVector {
  readonly values: Float32Array;
  readonly uses: number;
}

/**
 * A stand-in for a sense without tagged uses: the average over all uses of its synset's other lemmas, or of
 * its nearest hypernyms that have any (the back-off of LMMS, Loureiro & Jorge 2019).
 * @returns `undefined` where there are none within reach
 */
export function relatedVector(
  synset: number,
  index: SenseIndex,
  inventory: SenseInventory,
): RelatedVector | undefined {
  let synsets: readonly number[] = [synset];
  for (let step = 0; step <= FARTHEST && synsets.length > 0; step++) {
    const average = averageOver(synsets, index, inventory);
    if (average) return average;
    synsets = synsets.flatMap((below) => inventory.hypernyms(below));
  }
  return undefined;
}

function averageOver(
  synsets: readonly number[],
  index: SenseIndex,
  inventory: SenseInventory,
): RelatedVector | undefined {
  let sum: Float32Array | undefined;
  let uses = 0;
  for (const sense of synsets.flatMap((synset) => inventory.synsetSenses(synset))) {
    const average = index.average(sense);
    if (!average) continue;
    // A sense may have a trained vector without any tagged use.
    const weight = Math.max(1, index.uses(sense));
    sum ??= new Float32Array(average.values.length);
    addInto(
      sum,
      Float32Array.from(average.values, (value) => value * average.scale * weight),
    );
    uses += weight;
  }
  return sum && { values: sum.map((value) => value / uses), uses };
}
