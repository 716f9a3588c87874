import { PARTS_OF_SPEECH, type PartOfSpeech } from '../model';

/**
 * Which part of speech a contextual vector looks like: linear discriminant analysis (Fisher 1936), one mean
 * per part of speech and one covariance for all. It needs no tuning, and is fitted in one pass over a corpus.
 */
export interface PartOfSpeechModel {
  /** Row-major, PARTS_OF_SPEECH x (dimensions + 1): weights of a raw vector, then a constant. */
  readonly weights: Float32Array;
}

/** Share of its own variance that is added to each dimension, so that the covariance can be inverted. */
const RIDGE = 1e-3;

/** Natural logarithm of P(part of speech | vector), in the order of PARTS_OF_SPEECH. */
export function partOfSpeechLogProbabilities(vector: Float32Array, { weights }: PartOfSpeechModel): number[] {
  const row = vector.length + 1;
  const scores = PARTS_OF_SPEECH.map((_, part) => {
    let score = weights[part * row + vector.length]!;
    for (let i = 0; i < vector.length; i++) score += weights[part * row + i]! * vector[i]!;
    return score;
  });
  const highest = Math.max(...scores);
  const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score - highest), 0)) + highest;
  return scores.map((score) => score - total);
}

/** Sums of the discriminant analysis, as a checkpoint keeps them. */
export interface PartOfSpeechSums {
  /** Number of vectors per part of speech. */
  readonly counts: Float64Array;
  /** Sum of the vectors of each part of speech: PARTS_OF_SPEECH x dimensions. */
  readonly sums: Float64Array;
  /** Lower triangle of the sum of outer products, row by row. */
  readonly products: Float64Array;
}

export class PartOfSpeechFit {
  readonly state: PartOfSpeechSums;
  readonly #dimensions: number;

  constructor(dimensions: number, saved?: PartOfSpeechSums) {
    this.#dimensions = dimensions;
    this.state = saved ?? {
      counts: new Float64Array(PARTS_OF_SPEECH.length),
      sums: new Float64Array(PARTS_OF_SPEECH.length * dimensions),
      products: new Float64Array((dimensions * (dimensions + 1)) / 2),
    };
  }

  add(vector: Float32Array, partOfSpeech: PartOfSpeech): void {
    const { counts, sums, products } = this.state;
    const part = PARTS_OF_SPEECH.indexOf(partOfSpeech);
    counts[part]!++;
    for (let i = 0, at = 0; i < vector.length; i++) {
      const value = vector[i]!;
      sums[part * vector.length + i]! += value;
      for (let j = 0; j <= i; j++) products[at++]! += value * vector[j]!;
    }
  }

  result(): PartOfSpeechModel {
    const { counts, sums, products } = this.state;
    const size = this.#dimensions;
    const total = counts.reduce((a, b) => a + b);
    const means = PARTS_OF_SPEECH.map((_, part) =>
      sums.slice(part * size, (part + 1) * size).map((sum) => sum / Math.max(1, counts[part]!)),
    );
    // Within-class covariance: outer products less those of the means.
    const covariance = products.slice();
    for (let i = 0, at = 0; i < size; i++) {
      for (let j = 0; j <= i; j++, at++) {
        let between = 0;
        means.forEach((mean, part) => (between += counts[part]! * mean[i]! * mean[j]!));
        covariance[at] = (covariance[at]! - between) / total;
      }
      // A dead dimension has no variance; with 1 instead it does not influence the others.
      const diagonal = covariance[at - 1]!;
      covariance[at - 1] = diagonal > 1e-12 ? diagonal * (1 + RIDGE) : 1;
    }
    const factor = cholesky(covariance, size);
    const weights = new Float32Array(PARTS_OF_SPEECH.length * (size + 1));
    means.forEach((mean, part) => {
      const solution = solve(factor, mean, size);
      weights.set(solution, part * (size + 1));
      const halfSquare = mean.reduce((sum, value, i) => sum + value * solution[i]!, 0) / 2;
      // One is added to each count, so that a part of speech that the corpus lacks stays possible.
      weights[part * (size + 1) + size] =
        Math.log((counts[part]! + 1) / (total + PARTS_OF_SPEECH.length)) - halfSquare;
    });
    return { weights };
  }
}

/** Lower-triangular factor L of a symmetric positive matrix, L Lᵀ = matrix, both as packed lower triangles. */
function cholesky(matrix: Float64Array, size: number): Float64Array {
  const factor = matrix.slice();
  const row = (i: number): number => (i * (i + 1)) / 2;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = factor[row(i) + j]!;
      for (let k = 0; k < j; k++) sum -= factor[row(i) + k]! * factor[row(j) + k]!;
      factor[row(i) + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / factor[row(j) + j]!;
    }
  }
  return factor;
}

/** Solves L Lᵀ x = right by substitution, forth and back. */
function solve(factor: Float64Array, right: Float64Array, size: number): Float64Array {
  const row = (i: number): number => (i * (i + 1)) / 2;
  const x = right.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[row(i) + k]! * x[k]!;
    x[i]! /= factor[row(i) + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= factor[row(k) + i]! * x[k]!;
    x[i]! /= factor[row(i) + i]!;
  }
  return x;
}
