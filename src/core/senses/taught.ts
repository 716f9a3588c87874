import {
  type DocumentFormat,
  PARTS_OF_SPEECH,
  type PartOfSpeech,
  type SenseId,
  type SenseKey,
  type Tag,
} from '../model';
import type { SenseInventory } from '../ports';
import { dot, normalise } from '../vectors/math';
import { standardise } from '../vectors/standardise';
import type { Evidence, RankedSense, SenseRanker } from './nearest';
import { partOfSpeechLogProbabilities } from './partOfSpeech';
import { type Recipe, tagLogProbabilities } from './recipes';
import type { SenseIndex } from './senseIndex';

/** A tagged use that a reader gave: the word stands at `start` to `end` of the passage, and has the sense. */
export interface Lesson {
  readonly sense: SenseKey;
  readonly passage: string;
  readonly start: number;
  readonly end: number;
  readonly format: DocumentFormat;
}

/** A lesson with the raw vector of its word. */
export interface TaughtUse {
  readonly sense: SenseId;
  readonly vector: Float32Array;
  /** It is the sense's definition, and no use of it. */
  readonly isGloss?: boolean;
}

/** How corrections and examples spread, for one kind of sense vectors (docs/learning.md). */
export interface Learning {
  /** From this cosine of two uses on, one tells something about the other. */
  readonly likeness: number;
  /** What a use exactly like the taught one is raised by, beyond what it takes to come first, in units of cosine. */
  readonly push: number;
  /**
   * A cosine of two uses means less than one of a use and a trained sense vector: uses of one word are alike in any sense. This
   * line takes the mean cosines of uses with the same sense and with different ones to those of uses with the right sense
   * vector and with wrong ones.
   */
  readonly useToSense: { readonly slope: number; readonly offset: number };
}

/** What a sense of the project that ranks above WordNet's is raised by: more than context can say. */
const ABOVE = 1;

export interface TaughtRanker extends SenseRanker {
  /**
   * Takes in all there is to learn, in the place of what was known before.
   * @param corrections uses that were corrected: those like them are raised towards their sense
   * @param examples uses of the project's own senses, which have no other vector
   */
  teach(corrections: readonly TaughtUse[], examples: readonly TaughtUse[]): void;
}

/** A use with what it takes to bring its sense to the first place. */
interface Correction {
  readonly vector: Float32Array;
  readonly gap: number;
}

/** What stands in for the vector of a sense of the project. */
interface Example {
  readonly vector: Float32Array;
  readonly evidence: Evidence;
}

/**
 * A ranker that goes by what a reader taught it. A corrected use pulls uses like it, all the more the more they are like it:
 * one exactly like it comes out as corrected, one of a cosine below `likeness` stays as it was. So the other senses of the
 * lemma are left alone, which moving a sense's vector does not do (docs/learning.md).
 * @param isAbove whether a sense of the project ranks above WordNet's
 */
export function createTaughtRanker(
  ranker: SenseRanker,
  deps: {
    readonly index: SenseIndex;
    readonly inventory: SenseInventory;
    readonly recipe: Recipe;
    readonly isAbove?: (sense: SenseId) => boolean;
  },
  { likeness, push, useToSense }: Learning,
): TaughtRanker {
  const { index, inventory, recipe, isAbove = () => false } = deps;
  let corrections = new Map<SenseId, readonly Correction[]>();
  let examples = new Map<SenseId, Example>();
  const unit = (raw: Float32Array): Float32Array => normalise(standardise(raw, index.standardisation));

  /** Without what corrections say. */
  function rankUntaught(raw: Float32Array, candidates: readonly SenseId[], tag?: Tag): RankedSense[] {
    const ranked = ranker.rank(
      raw,
      candidates.filter((sense) => !examples.has(sense)),
      tag,
    );
    const own = candidates.filter((sense) => examples.has(sense));
    if (own.length === 0) return ranked;
    const vector = unit(raw);
    const byVector = tag && partOfSpeechLogProbabilities(raw, index.partOfSpeechModel);
    for (const sense of own) {
      const { vector: example, evidence } = examples.get(sense)!;
      const cosine = Math.max(-1, Math.min(1, dot(vector, example)));
      let score = useToSense.slope * cosine + useToSense.offset + (isAbove(sense) ? ABOVE : 0);
      if (tag && byVector) {
        const part = PARTS_OF_SPEECH.indexOf(inventory.partOfSpeech(sense));
        score +=
          recipe.partOfSpeech *
          (tagLogProbabilities(tag, inventory.language.tagWeights)[part]! + byVector[part]!);
      }
      ranked.push({ sense, cosine, score, contextScore: score, evidence });
    }
    return ranked.sort((a, b) => b.score - a.score);
  }

  function lift(vector: Float32Array, taught: readonly Correction[]): number {
    return Math.max(
      ...taught.map(({ vector: other, gap }) => {
        const near = Math.max(0, dot(vector, other) - likeness) / (1 - likeness);
        return near * (gap + push);
      }),
    );
  }

  return {
    rank(raw, candidates, tag) {
      const ranked = rankUntaught(raw, candidates, tag);
      if (!candidates.some((sense) => corrections.has(sense))) return ranked;
      const vector = unit(raw);
      return ranked
        .map((one): RankedSense => {
          const taught = corrections.get(one.sense);
          const raised = taught ? lift(vector, taught) : 0;
          if (raised === 0) return one;
          return {
            ...one,
            score: one.score + raised,
            contextScore: one.contextScore + raised,
            evidence: { kind: 'taught', uses: taught!.length },
          };
        })
        .sort((a, b) => b.score - a.score);
    },
    teach(taught, given) {
      examples = new Map(
        [...bySense(given)].map(([sense, uses]) => {
          const sum = new Float32Array(index.standardisation.mean.length);
          for (const { vector } of uses) unit(vector).forEach((value, i) => (sum[i]! += value));
          const count = uses.filter(({ isGloss }) => !isGloss).length;
          const evidence: Evidence = count > 0 ? { kind: 'average', uses: count } : { kind: 'gloss' };
          return [sense, { vector: normalise(sum), evidence }];
        }),
      );
      corrections = new Map(
        [...bySense(taught)].map(([sense, uses]) => {
          const rivals = rivalsOf(sense, inventory);
          return [
            sense,
            uses.map(({ vector }) => {
              const ranked = rankUntaught(vector, rivals);
              const own = ranked.find((one) => one.sense === sense);
              return { vector: unit(vector), gap: ranked[0]!.score - own!.score };
            }),
          ];
        }),
      );
    },
  };
}

/** The senses of a sense's lemma and part of speech, itself among them. */
function rivalsOf(sense: SenseId, inventory: SenseInventory): readonly SenseId[] {
  const partOfSpeech: PartOfSpeech = inventory.partOfSpeech(sense);
  return [...new Set([sense, ...inventory.senses(inventory.lemma(sense), partOfSpeech)])];
}

function bySense(uses: readonly TaughtUse[]): ReadonlyMap<SenseId, readonly TaughtUse[]> {
  const groups = new Map<SenseId, TaughtUse[]>();
  for (const use of uses) {
    const group = groups.get(use.sense);
    if (group) group.push(use);
    else groups.set(use.sense, [use]);
  }
  return groups;
}
