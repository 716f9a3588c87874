import { PARTS_OF_SPEECH, type SenseId, type Tag } from '../model';
import type { SenseInventory } from '../ports';
import { BoundedMap } from '../util/boundedMap';
import { cosine } from '../vectors/math';
import { standardise } from '../vectors/standardise';
import { partOfSpeechLogProbabilities } from './partOfSpeech';
import { type Recipe, tagLogProbabilities } from './recipes';
import { type RelatedVector, relatedVector } from './related';
import type { SenseIndex } from './senseIndex';

/** What a sense's cosine rests on. */
export type Evidence =
  | { readonly kind: 'average'; readonly uses: number }
  /** A vector trained with the encoder on these uses, the gloss and the senses around it. */
  | { readonly kind: 'trained'; readonly uses: number }
  /** The average over uses of other lemmas of its synset, or of its hypernyms. */
  | { readonly kind: 'related'; readonly uses: number }
  | { readonly kind: 'gloss' }
  /** The reader corrected uses much like this one, which raised the sense. */
  | { readonly kind: 'taught'; readonly uses: number }
  /** The reader chose the sense for this very word. */
  | { readonly kind: 'chosen' }
  | { readonly kind: 'none' };

export interface RankedSense {
  readonly sense: SenseId;
  /** Cosine with the vector that `evidence` names; 0 without one. */
  readonly cosine: number;
  /** The number that the recipe ranks by, in units of cosine. */
  readonly score: number;
  /** The score without the frequency prior. */
  readonly contextScore: number;
  readonly evidence: Evidence;
}

export interface SenseRanker {
  /**
   * Ranks candidate senses by the recipe, best first; ties keep the candidates' order.
   * @param vector raw, as the encoder gives it
   * @param tag of the word, if it may be several parts of speech
   */
  rank(vector: Float32Array, candidates: readonly SenseId[], tag?: Tag): RankedSense[];
}

/** How many vectors that stand in for senses without uses are remembered, at 1.5 KB each. */
const REMEMBERED_RELATED = 4096;

/** 1-nearest-neighbour over sense vectors (Jurafsky & Martin, *Speech and Language Processing*, word senses). */
export function createSenseRanker(index: SenseIndex, inventory: SenseInventory, recipe: Recipe): SenseRanker {
  const { standardisation } = index;
  const { tagWeights } = inventory.language;
  const kind = index.manifest.trained ? 'trained' : 'average';
  const related = new BoundedMap<number, RelatedVector | null>(REMEMBERED_RELATED);

  /** Cosine and evidence of a sense, by the best of its vectors that the recipe uses. */
  function compare(
    token: WordVector,
    sense: SenseId,
    glossCosine: number | undefined,
  ): { cosine: number; evidence: Evidence; base: number } {
    const average = index.average(sense);
    if (average) {
      const similarity =
        recipe.scale === 'raw'
          ? rawCosine(token, average.values, average.scale)
          : standardisedCosine(token, average.values);
      return { cosine: similarity, evidence: { kind, uses: index.uses(sense) }, base: similarity };
    }
    if (recipe.unseen === 'left out') return { cosine: 0, evidence: { kind: 'none' }, base: -1 };
    const synset = inventory.synset(sense);
    const stand = related.get(synset, () => relatedVector(synset, index, inventory) ?? null);
    if (stand) {
      const similarity =
        recipe.scale === 'raw' ? rawCosine(token, stand.values, 1) : standardisedCosine(token, stand.values);
      return {
        cosine: similarity,
        evidence: { kind: 'related', uses: stand.uses },
        base: similarity - recipe.relatedDiscount,
      };
    }
    if (glossCosine === undefined) return { cosine: 0, evidence: { kind: 'none' }, base: -1 };
    return { cosine: glossCosine, evidence: { kind: 'gloss' }, base: -recipe.relatedDiscount };
  }

  return {
    rank(vector, candidates, tag) {
      const token = wordVector(vector);
      // Tag and vector each say something about the part of speech; neither excludes a candidate.
      const byVector = tag && partOfSpeechLogProbabilities(vector, index.partOfSpeechModel);
      const ranked = candidates.map((sense): RankedSense => {
        const gloss = recipe.gloss > 0 ? index.gloss(inventory.synset(sense)) : undefined;
        const glossCosine = gloss && standardisedCosine(token, gloss.values);
        const { cosine, evidence, base } = compare(token, sense, glossCosine);
        let contextScore = base + recipe.gloss * (glossCosine ?? 0);
        if (tag && byVector) {
          const part = PARTS_OF_SPEECH.indexOf(inventory.partOfSpeech(sense));
          contextScore +=
            recipe.partOfSpeech * (tagLogProbabilities(tag, tagWeights)[part]! + byVector[part]!);
        }
        const score = contextScore + recipe.prior * Math.log1p(index.uses(sense));
        return { sense, cosine, contextScore, score, evidence };
      });
      return ranked.sort((a, b) => b.score - a.score);
    },
  };

  function wordVector(raw: Float32Array): WordVector {
    const standardised = standardise(raw, standardisation);
    return { raw, standardised, length: lengthOf(standardised), rawLength: lengthOf(raw) };
  }

  /** Cosine of a raw vector with a stored one, which is standardised: its raw value is value times deviation plus mean. */
  function rawCosine({ raw, rawLength }: WordVector, values: ArrayLike<number>, scale: number): number {
    const { mean, deviation } = standardisation;
    let product = 0;
    let squares = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]! * scale * deviation[i]! + mean[i]!;
      product += raw[i]! * value;
      squares += value * value;
    }
    return ratio(product, rawLength * Math.sqrt(squares));
  }
}

/**
 * Ranks by the word's static type vector. It is the same in every context and so for every sense, so that all cosines are
 * equal and the first candidate wins: the baseline that context has to beat.
 */
export function createStaticRanker(): SenseRanker {
  return {
    rank(vector, candidates) {
      const same = cosine(vector, vector);
      return candidates.map((sense) => ({
        sense,
        cosine: same,
        score: same,
        contextScore: same,
        evidence: { kind: 'none' },
      }));
    },
  };
}

/** A word's vector in both scales, with their lengths. */
interface WordVector {
  readonly raw: Float32Array;
  readonly standardised: Float32Array;
  readonly length: number;
  readonly rawLength: number;
}

/** Cosine with a stored row; the row's scale does not change it. */
function standardisedCosine({ standardised, length }: WordVector, values: ArrayLike<number>): number {
  let product = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    product += standardised[i]! * value;
    squares += value * value;
  }
  return ratio(product, length * Math.sqrt(squares));
}

function lengthOf(vector: Float32Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}

function ratio(product: number, lengths: number): number {
  return lengths === 0 ? 0 : Math.max(-1, Math.min(1, product / lengths));
}
