import { type ChosenSense, withChosen } from '../annotations/chosen';
import { type Instance, INSTANCE, INSTANCE_FIELDS, instanceAt, type InstanceRows } from './rows';

/**
 * The instances of a paragraph with the chosen senses in the place of the predicted ones. A chosen word that was not
 * read as a word has no vector, so it is no instance.
 * @param base where the paragraph's source begins
 * @param chosen those in the paragraph, in text order
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
  ).filter((one): one is Instance => 'row' in one);
  const words = new Int32Array(instances.length * INSTANCE_FIELDS);
  instances.forEach(({ start, end, sense, rival, row }, i) => {
    const at = i * INSTANCE_FIELDS;
    words[at + INSTANCE.start] = start - base;
    words[at + INSTANCE.end] = end - base;
    words[at + INSTANCE.sense] = sense;
    words[at + INSTANCE.rival] = rival;
    words[at + INSTANCE.row] = row;
  });
  return {
    ...rows,
    words,
    probabilities: Float32Array.from(instances, ({ probability }) => probability),
    cosines: Float32Array.from(instances, ({ cosine }) => cosine),
  };
}

/** What was predicted is the rival then; the cosine of a sense that was not is not kept. */
function withSense(instance: Instance, { sense }: ChosenSense): Instance {
  if (sense === instance.sense) return { ...instance, probability: 1 };
  return { ...instance, sense, rival: instance.sense, probability: 1, cosine: NaN };
}
