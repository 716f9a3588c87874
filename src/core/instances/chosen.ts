import { type ChosenSense, withChosen } from '../annotations/chosen';
import { packedDoubt } from '../annotations/packed';
import { type Instance, INSTANCE, INSTANCE_FIELDS, instanceAt, type InstanceRows } from './rows';

/**
 * The instances of a paragraph with the chosen senses in the place of the predicted ones. A word that has a chosen sense but was
 * not read as a word has no vector, so it is no instance.
 * @param base offset in the document where the paragraph's source begins
 * @param chosen the chosen senses in the paragraph, in text order
 */
export function chosenInstances(
  rows: InstanceRows,
  base: number,
  chosen: readonly ChosenSense[],
): InstanceRows {
  if (chosen.length === 0) return rows;
  const predicted = Array.from(rows.probabilities, (_, i) => instanceAt(rows, i, base));
  const everywhere = { start: 0, end: Infinity };
  const instances = withChosen<Instance | ChosenSense>(predicted, chosen, everywhere, (word, instance) =>
    instance && 'row' in instance ? withSense(instance, word) : word,
  ).filter((word): word is Instance => 'row' in word);
  const words = new Int32Array(instances.length * INSTANCE_FIELDS);
  instances.forEach(({ start, end, sense, rival, row, doubt }, i) => {
    const at = i * INSTANCE_FIELDS;
    words[at + INSTANCE.start] = start - base;
    words[at + INSTANCE.end] = end - base;
    words[at + INSTANCE.sense] = sense;
    words[at + INSTANCE.rival] = rival;
    words[at + INSTANCE.row] = row;
    words[at + INSTANCE.doubt] = packedDoubt(doubt);
  });
  return {
    ...rows,
    words,
    probabilities: Float32Array.from(instances, ({ probability }) => probability),
    cosines: Float32Array.from(instances, ({ cosine }) => cosine),
  };
}

/**
 * The instance with a chosen sense, of which there is no doubt. Another predicted sense becomes the rival; the chosen sense's cosine is
 * not known here.
 */
function withSense(instance: Instance, { sense }: ChosenSense): Instance {
  const chosen = { ...instance, probability: 1, doubt: undefined };
  return sense === instance.sense ? chosen : { ...chosen, sense, rival: instance.sense, cosine: NaN };
}
