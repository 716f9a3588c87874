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

/** A tagged use from a reader, which the ranker learns from: the word from `start` to `end` of the passage has the sense. */
export interface Lesson {
  readonly sense: SenseKey;
  readonly passage: string;
  readonly start: number;
  readonly end: number;
  readonly format: DocumentFormat;
}

/** The raw vector of a lesson's word, or of an example of a project's sense. */
export interface TaughtUse {
  readonly sense: SenseId;
  readonly vector: Float32Array;
  /** Is the vector made from the sense's definition, as it has no example? */
  readonly isGloss?: boolean;
}

/** How lessons and examples change the ranking of similar uses, for one kind of sense vectors (docs/learning.md). */
export interface Learning {
  /** A lesson changes the ranking of uses whose cosine with it is above this. */
  readonly likeness: number;
  /** In a use exactly like the lesson, how far the lesson's sense comes to lie above the others, in units of cosine. */
  readonly push: number;
  /**
   * Makes cosines of two uses comparable with cosines of a use and a trained sense vector. The former run higher, as uses of one
   * word are alike in any sense. The straight line maps the mean cosine of two uses with the same sense to that of a use and its
   * sense's vector, and the mean of two uses with different senses to that of a use and another sense's vector.
   */
  readonly useToSense: { readonly slope: number; readonly offset: number };
}

/** Added to the score of a project's sense that comes before WordNet's: more than context can make up for. */
const ABOVE = 1;

export interface TaughtRanker extends SenseRanker {
  /**
   * Sets all there is to learn; it replaces what was taught before.
   * @param corrections uses that a reader corrected: in similar uses their senses are raised
   * @param examples uses of the project's senses, which have no other vector
   */
  teach(corrections: readonly TaughtUse[], examples: readonly TaughtUse[]): void;
}

/** The unit vector of a corrected use; `gap` is how far its sense's score was below the best one. */
interface Correction {
  readonly vector: Float32Array;
  readonly gap: number;
}

/** The vector of a sense of the project, made from its examples. */
interface Example {
  readonly vector: Float32Array;
  readonly evidence: Evidence;
}

/**
 * A ranker that learns from readers. A corrected use raises its sense in similar uses, the more the more similar they are: a use
 * exactly like it gets the corrected sense, a use with a cosine below `likeness` is ranked as before. This leaves uses in the
 * lemma's other senses alone, which moving the sense's vector would not (docs/learning.md).
 * @param isAbove whether a sense is one of the project's that come before WordNet's
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

  /** Ranks without the corrections. */
  function rankUntaught(raw: Float32Array, candidates: readonly SenseId[], tag?: Tag): RankedSense[] {
    const ranked = ranker.rank(
      raw,
      candidates.filter((sense) => !examples.has(sense)),
      tag,
    );
    const exemplified = candidates.filter((sense) => examples.has(sense));
    if (exemplified.length === 0) return ranked;
    const vector = unit(raw);
    const byVector = tag && partOfSpeechLogProbabilities(raw, index.partOfSpeechModel);
    for (const sense of exemplified) {
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
        .map((candidate): RankedSense => {
          const taught = corrections.get(candidate.sense);
          const raised = taught ? lift(vector, taught) : 0;
          if (raised === 0) return candidate;
          return {
            ...candidate,
            score: candidate.score + raised,
            contextScore: candidate.contextScore + raised,
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
              const corrected = ranked.find((candidate) => candidate.sense === sense);
              return { vector: unit(vector), gap: ranked[0]!.score - corrected!.score };
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
