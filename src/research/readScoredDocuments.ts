import type { ScoredDocument, ScoredInstance } from './consistencyScores';
import { type GoldInstance, probabilitiesOf, readableText, type TaggedSentence, type Use } from '../core';
import type { Outcome } from './score';
import { evaluate, type EvaluationOptions } from './evaluation';

/** Predicts the uses of tagged documents, to score consistency warnings in them. @throws CancelledError */
export async function readScoredDocuments(
  documents: readonly (readonly TaggedSentence[])[],
  options: EvaluationOptions,
): Promise<ScoredDocument[]> {
  const read: ScoredDocument[] = [];
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
): ScoredInstance {
  const probabilities = probabilitiesOf(ranked, fitted.recipe);
  const candidates = ranked.map(({ sense: key }, i) => {
    const sense = inventory.find(key)!;
    return { sense, probability: probabilities[i]!, uses: index.uses(sense) };
  });
  const [best] = candidates;
  const use: Use | undefined = best && {
    start,
    end,
    sense: best.sense,
    candidates,
    isChosen: false,
    // It would only change the wording of warnings, which are counted here and not shown.
    isDoubtful: false,
  };
  return { start, end, lemma, partOfSpeech, gold, use };
}
