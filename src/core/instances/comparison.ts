import { seededRandom } from '../util/random';
import { cosine, norm } from '../vectors/math';
import { standardise, type Standardisation, unstandardise } from '../vectors/standardise';
import { type Instance, instanceAt, type InstanceRows, vectorOf } from './rows';
import type { InstanceSource } from './uses';

const PAIRS = 2_000;
/** How many dimensions a comparison names. */
const MOST_SHOWN = 8;
/**
 * A dimension is a rogue (Timkey & van Schijndel 2021) when it alone adds this much to the mean raw cosine of random pairs. With
 * 384 dimensions that behaved alike each would add some thousandths.
 */
const ROGUE = 0.02;

export interface Contribution {
  readonly dimension: number;
  /** The dimension's share of the cosine; all shares add up to 1. Negative where the dimension makes the two less alike. */
  readonly share: number;
  readonly rogue: boolean;
}

export interface RandomPairs {
  readonly raw: number;
  readonly standardised: number;
  readonly pairs: number;
  /** Per dimension, what it adds to the mean raw cosine. */
  readonly byDimension: Float32Array;
}

export interface Comparison {
  readonly raw: number;
  readonly standardised: number;
  readonly random: RandomPairs | undefined;
  readonly contributions: Readonly<Record<'raw' | 'standardised', readonly Contribution[]>>;
}

/** Which dimensions drive the cosine of two raw vectors. */
export function compareVectors(
  a: Float32Array,
  b: Float32Array,
  standardisation: Standardisation,
  random: RandomPairs | undefined,
): Comparison {
  const [standardA, standardB] = [standardise(a, standardisation), standardise(b, standardisation)];
  return {
    raw: cosine(a, b),
    standardised: cosine(standardA, standardB),
    random,
    contributions: {
      raw: contributions(a, b, random),
      standardised: contributions(standardA, standardB, undefined),
    },
  };
}

function contributions(
  a: Float32Array,
  b: Float32Array,
  random: RandomPairs | undefined,
): readonly Contribution[] {
  const products = Array.from(a, (value, i) => value * b[i]!);
  const total = products.reduce((sum, product) => sum + product, 0);
  return products
    .map((product, dimension) => ({
      dimension,
      share: total === 0 ? 0 : product / total,
      rogue: (random?.byDimension[dimension] ?? 0) >= ROGUE,
    }))
    .sort((x, y) => Math.abs(y.share) - Math.abs(x.share))
    .slice(0, MOST_SHOWN);
}

/**
 * The mean cosine of random pairs of words, before and after standardising: how alike any two words are, whatever their senses.
 * The same instances always give the same pairs.
 * @returns `undefined` with fewer than two vectors
 */
export function randomPairs(
  sources: readonly InstanceSource[],
  standardisation: Standardisation,
): RandomPairs | undefined {
  const paragraphs: InstanceRows[] = [];
  for (const source of sources)
    for (const { rows } of source.paragraphs) if (rows.scales.length > 0) paragraphs.push(rows);
  const random = seededRandom(1);
  const draw = (): Instance => {
    const rows = paragraphs[Math.floor(random() * paragraphs.length)]!;
    for (;;) {
      const instance = instanceAt(rows, Math.floor(random() * rows.probabilities.length), 0);
      if (instance.row >= 0) return instance;
    }
  };
  if (paragraphs.reduce((sum, { scales }) => sum + scales.length, 0) < 2) return undefined;
  const byDimension = new Float32Array(standardisation.mean.length);
  let [raw, standardised, pairs] = [0, 0, 0];
  for (let i = 0; i < PAIRS; i++) {
    const [first, second] = [draw(), draw()];
    if (first.rows === second.rows && first.row === second.row) continue;
    const [a, b] = [vectorOf(first, false)!, vectorOf(second, false)!];
    standardised += cosine(a, b);
    const [rawA, rawB] = [unstandardise(a, standardisation), unstandardise(b, standardisation)];
    const lengths = norm(rawA) * norm(rawB);
    pairs++;
    if (lengths === 0) continue;
    for (let k = 0; k < rawA.length; k++) {
      const part = (rawA[k]! * rawB[k]!) / lengths;
      byDimension[k]! += part;
      raw += part;
    }
  }
  return {
    raw: raw / pairs,
    standardised: standardised / pairs,
    pairs,
    byDimension: byDimension.map((value) => value / pairs),
  };
}
