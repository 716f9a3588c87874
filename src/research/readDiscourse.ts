import type { DiscourseDocument, DiscourseInstance } from './discourse';
import { type GoldInstance, probabilitiesOf, readableText, type TaggedSentence, type Use } from '../core';
import type { Outcome } from './score';
import { evaluate, type EvaluationOptions } from './evaluation';

/** Reads tagged documents for the consistency warnings in them. @throws CancelledError */
export async function readDiscourse(
  documents: readonly (readonly TaggedSentence[])[],
  options: EvaluationOptions,
): Promise<DiscourseDocument[]> {
  const read: DiscourseDocument[] = [];
  const { progress, ...quiet } = options;
  for (const document of documents) {
    const { words, instances } = readableText(document);
    const { outcomes } = await evaluate([document], quiet);
    read.push({
      words: words.length,
      instances: instances.map((instance, i) => instanceOf(instance, outcomes[i]!, options)),
    });
    progress?.(read.length, documents.length);
  }
  return read;
}

function instanceOf(
  { start, end, lemma, partOfSpeech, keys: gold }: GoldInstance,
  { ranked }: Outcome,
  { inventory, index, fitted }: EvaluationOptions,
): DiscourseInstance {
  const probabilities = probabilitiesOf(ranked, fitted.recipe);
  const candidates = ranked.map((one, i) => {
    const sense = inventory.find(one.sense)!;
    return { sense, probability: probabilities[i]!, uses: index.uses(sense) };
  });
  const [best] = candidates;
  const use: Use | undefined = best && {
    start,
    end,
    sense: best.sense,
    candidates,
    isChosen: false,
    // Changes the wording of a warning, which nobody reads here.
    isDoubtful: false,
  };
  return { start, end, lemma, partOfSpeech, gold, use };
}
