import { dot, normalise } from '../vectors/math';

/** Directions that are iterated together: more than the two that are wanted, as these then converge sooner. */
const BLOCK = 6;
const ROUNDS = 12;
/** The components of more vectors than this are fitted on an even sample of them. */
const MOST_FITTED = 2_000;

/** A plane through the mean of some vectors, along the two directions in which they vary most. */
export interface Plane {
  readonly mean: Float32Array;
  readonly axes: readonly [Float32Array, Float32Array];
  /** Shares of the variance along the axes. */
  readonly explained: readonly [number, number];
}

/**
 * The first two principal components (Jolliffe 2002), by subspace iteration from a fixed start. An axis points to where its
 * largest weight is positive, so that the same vectors always give the same picture.
 * @param vectors at least one, of one length
 */
export function principalPlane(vectors: readonly Float32Array[]): Plane {
  const dimensions = vectors[0]!.length;
  const step = Math.max(1, vectors.length / MOST_FITTED);
  const count = Math.min(vectors.length, MOST_FITTED);
  const sample = Array.from({ length: count }, (_, i) => vectors[Math.floor(i * step)]!);
  const mean = meanOf(sample);
  const rows = sample.map((vector) => vector.map((value, i) => value - mean[i]!));
  const total = rows.reduce((sum, row) => sum + dot(row, row), 0);
  let axes = orthonormal(
    Array.from({ length: Math.min(BLOCK, dimensions) }, (_, k) =>
      // Any start works that the data is unlikely to be orthogonal to.
      Float32Array.from({ length: dimensions }, (_, i) => Math.sin((i + 1) * (k + 1.7))),
    ),
  );
  for (let round = 0; round < ROUNDS; round++) axes = orthonormal(axes.map((axis) => spread(rows, axis)));
  const varianceOf = (axis: Float32Array): number => rows.reduce((sum, row) => sum + dot(row, axis) ** 2, 0);
  const ranked = axes
    .map((axis) => ({ axis, variance: varianceOf(axis) }))
    .sort((a, b) => b.variance - a.variance);
  const axisAt = (k: number): Float32Array =>
    ranked[k] ? upright(ranked[k].axis) : new Float32Array(dimensions);
  const shareAt = (k: number): number => (total > 0 && ranked[k] ? ranked[k].variance / total : 0);
  return { mean, axes: [axisAt(0), axisAt(1)], explained: [shareAt(0), shareAt(1)] };
}

export function project(vector: Float32Array, { mean, axes }: Plane): readonly [number, number] {
  const centred = vector.map((value, i) => value - mean[i]!);
  return [dot(centred, axes[0]), dot(centred, axes[1])];
}

export function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float64Array(vectors[0]!.length);
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!;
  return Float32Array.from(sum, (value) => value / vectors.length);
}

/** The covariance matrix times a vector, without computing the matrix. */
function spread(rows: readonly Float32Array[], axis: Float32Array): Float32Array {
  const result = new Float32Array(axis.length);
  for (const row of rows) {
    const weight = dot(row, axis);
    for (let i = 0; i < result.length; i++) result[i]! += weight * row[i]!;
  }
  return result;
}

/** Gram-Schmidt, twice, as once is not exact enough in 32 bits. A vector that depends on the others becomes zero. */
function orthonormal(vectors: readonly Float32Array[]): Float32Array[] {
  const result: Float32Array[] = [];
  for (const vector of vectors) {
    const rest = normalise(vector.slice());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of result) {
        const weight = dot(rest, other);
        for (let i = 0; i < rest.length; i++) rest[i]! -= weight * other[i]!;
      }
    }
    if (dot(rest, rest) < 1e-8) rest.fill(0);
    result.push(normalise(rest));
  }
  return result;
}

function upright(axis: Float32Array): Float32Array {
  const strongest = axis.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  return strongest < 0 ? axis.map((value) => -value) : axis;
}
