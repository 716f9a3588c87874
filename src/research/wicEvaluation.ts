import {
  createSenseRanker,
  type Embedder,
  embedWords,
  type LayerRule,
  type Recipe,
  type SenseId,
  type SenseIndex,
  type SenseInventory,
  standardise,
} from '../core';
import { compareUses, type LabelledEvidence, type UsePair, type UseReading } from './wordInContext';

export interface PairReadingOptions extends Embedder {
  readonly inventory: SenseInventory;
  /** One or more kinds of sense vectors for one encoder and layer rule, each with its recipe. */
  readonly kinds: readonly { readonly index: SenseIndex; readonly recipe: Recipe }[];
  readonly layer: LayerRule;
  readonly progress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Number of pairs that are encoded before cancellation is checked again. */
const CHUNK = 64;

/** Reads both uses of every pair, each sentence alone. @throws CancelledError */
export async function readPairs(
  pairs: readonly UsePair[],
  options: PairReadingOptions,
): Promise<LabelledEvidence[]> {
  const { inventory, kinds, layer } = options;
  const { standardisation } = kinds[0]!.index;
  const recipes = kinds.map(({ recipe }) => recipe);
  const rankers = kinds.map(({ index, recipe }) => createSenseRanker(index, inventory, recipe));
  /** The supersense of a sense; a sense without one counts as a supersense of its own. */
  const supersenseOf = (sense: SenseId): string =>
    inventory.describe(sense).supersense ?? inventory.key(sense);
  const read: LabelledEvidence[] = [];
  for (let start = 0; start < pairs.length; start += CHUNK) {
    const chunk = pairs.slice(start, start + CHUNK);
    const requests = chunk.flatMap(({ uses }) =>
      uses.map(({ text, word }) => ({ text, sentences: [{ start: 0, end: text.length }], words: [word] })),
    );
    const vectors = await embedWords(requests, layer, options, options.signal);
    chunk.forEach(({ lemma, partOfSpeech, uses, same }, i) => {
      const candidates = inventory.senses(lemma, partOfSpeech);
      const reading = (which: 0 | 1): UseReading => {
        const { text, word } = uses[which];
        // A word with a letter or digit has at least one piece, maybe the unknown one.
        const vector = vectors[2 * i + which]![0]!;
        return {
          form: text.slice(word.start, word.end),
          vector: standardise(vector, standardisation),
          rankings: rankers.map((ranker) =>
            ranker
              .rank(vector, candidates)
              .map((ranked) => ({ ...ranked, supersense: supersenseOf(ranked.sense) })),
          ),
        };
      };
      read.push({ lemma, evidence: compareUses(reading(0), reading(1), recipes), same });
    });
    options.progress?.(read.length);
  }
  return read;
}
