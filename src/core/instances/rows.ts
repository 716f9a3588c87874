import type { Annotation } from '../annotations/annotation';
import type { Doubt } from '../annotations/doubt';
import { packedDoubt, unpackedDoubt } from '../annotations/packed';
import type { SenseId } from '../model';
import { standardise, type Standardisation } from '../vectors/standardise';

/**
 * The instances of one paragraph with their vectors, from which lists of similar instances and maps are made. A novel has a
 * hundred thousand instances, so a vector takes one byte per dimension; its cosines are within .01 of the exact ones.
 */
export interface InstanceRows {
  /** Instances x INSTANCE_FIELDS, in text order. */
  readonly words: Int32Array;
  /** Per instance: calibrated probability and cosine of its sense; `NaN` for a monosemous word. */
  readonly probabilities: Float32Array;
  readonly cosines: Float32Array;
  /** Vectors x dimensions, standardised; the largest value of each is 127. */
  readonly values: Int8Array;
  /** Per vector, the factor from bytes back to its values, and the Euclidean length of its bytes. */
  readonly scales: Float32Array;
  readonly lengths: Float32Array;
  /** Per vector, the signs of its values, one bit each, padded to whole 32-bit words. */
  readonly signs: Uint32Array;
}

/** Columns of `words`: offsets in the paragraph's source, sense ids, row of the vector or -1, doubt (`packedDoubt`). */
export const INSTANCE = { start: 0, end: 1, sense: 2, rival: 3, row: 4, doubt: 5 } as const;
export const INSTANCE_FIELDS = 6;

/** @param vectors the raw vector of each annotation; `undefined` for an annotation without one */
export function packInstances(
  base: number,
  annotations: readonly Annotation[],
  vectors: readonly (Float32Array | undefined)[],
  standardisation: Standardisation,
): InstanceRows {
  const dimensions = standardisation.mean.length;
  const count = vectors.reduce((sum, vector) => sum + (vector ? 1 : 0), 0);
  const rows: InstanceRows = {
    words: new Int32Array(annotations.length * INSTANCE_FIELDS),
    probabilities: new Float32Array(annotations.length),
    cosines: new Float32Array(annotations.length),
    values: new Int8Array(count * dimensions),
    scales: new Float32Array(count),
    lengths: new Float32Array(count),
    signs: new Uint32Array(count * signWords(dimensions)),
  };
  let next = 0;
  annotations.forEach((annotation, i) => {
    const at = i * INSTANCE_FIELDS;
    const rival = annotation.candidates[1];
    rows.words[at + INSTANCE.start] = annotation.start - base;
    rows.words[at + INSTANCE.end] = annotation.end - base;
    rows.words[at + INSTANCE.sense] = annotation.sense;
    rows.words[at + INSTANCE.rival] = rival?.sense ?? -1;
    rows.words[at + INSTANCE.row] = vectors[i] ? next : -1;
    rows.words[at + INSTANCE.doubt] = packedDoubt(annotation.doubt);
    rows.probabilities[i] = annotation.probability ?? NaN;
    rows.cosines[i] = annotation.cosine ?? NaN;
    if (vectors[i]) packVector(standardise(vectors[i], standardisation), rows, next++);
  });
  return rows;
}

export function signWords(dimensions: number): number {
  return Math.ceil(dimensions / 32);
}

function packVector(
  vector: Float32Array,
  { values, scales, lengths, signs }: InstanceRows,
  row: number,
): void {
  const dimensions = vector.length;
  const width = signWords(dimensions);
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  scales[row] = largest / 127;
  if (largest === 0) return;
  let squares = 0;
  for (let i = 0; i < dimensions; i++) {
    const value = Math.round((vector[i]! / largest) * 127);
    values[row * dimensions + i] = value;
    squares += value * value;
    if (vector[i]! > 0) signs[row * width + (i >> 5)]! |= 1 << (i & 31);
  }
  lengths[row] = Math.sqrt(squares);
}

/** One instance; its offsets are in the document's present text. */
export interface Instance {
  readonly start: number;
  readonly end: number;
  readonly sense: SenseId;
  /** The runner-up; -1 without one. */
  readonly rival: SenseId;
  readonly probability: number;
  readonly cosine: number;
  readonly doubt: Doubt | undefined;
  readonly rows: InstanceRows;
  /** Row of the vector; -1 without one. */
  readonly row: number;
}

/** @param base offset in the document where the paragraph's source begins */
export function instanceAt(rows: InstanceRows, index: number, base: number): Instance {
  const at = index * INSTANCE_FIELDS;
  return {
    start: base + rows.words[at + INSTANCE.start]!,
    end: base + rows.words[at + INSTANCE.end]!,
    sense: rows.words[at + INSTANCE.sense]!,
    rival: rows.words[at + INSTANCE.rival]!,
    probability: rows.probabilities[index]!,
    cosine: rows.cosines[index]!,
    doubt: unpackedDoubt(rows.words[at + INSTANCE.doubt]!),
    rows,
    row: rows.words[at + INSTANCE.row]!,
  };
}

/** Cosine of two instances' standardised vectors; `NaN` where one of them has none. */
export function similarity(a: Instance, b: Instance): number {
  if (a.row < 0 || b.row < 0) return NaN;
  const lengths = a.rows.lengths[a.row]! * b.rows.lengths[b.row]!;
  if (lengths === 0) return 0;
  const product = integerDot(a.rows.values, a.row, b.rows.values, b.row, dimensionsOf(a.rows));
  return Math.max(-1, Math.min(1, product / lengths));
}

/** Dot product of two rows. Two sums run side by side, which is faster than one; neither leaves 32 bits. */
function integerDot(a: Int8Array, rowA: number, b: Int8Array, rowB: number, dimensions: number): number {
  const distance = rowB * dimensions - rowA * dimensions;
  const from = rowA * dimensions;
  const end = from + dimensions;
  let p = 0;
  let q = 0;
  let i = from;
  for (; i + 1 < end; i += 2) {
    p = (p + a[i]! * b[i + distance]!) | 0;
    q = (q + a[i + 1]! * b[i + 1 + distance]!) | 0;
  }
  if (i < end) p += a[i]! * b[i + distance]!;
  return p + q;
}

/** The instance's standardised vector, scaled to length 1 if `unit`; `undefined` without one. */
export function vectorOf({ rows, row }: Instance, unit: boolean): Float32Array | undefined {
  if (row < 0) return undefined;
  const dimensions = dimensionsOf(rows);
  const length = rows.lengths[row]!;
  const factor = unit ? (length === 0 ? 0 : 1 / length) : rows.scales[row]!;
  return Float32Array.from(
    rows.values.subarray(row * dimensions, (row + 1) * dimensions),
    (value) => value * factor,
  );
}

export function dimensionsOf({ values, scales }: InstanceRows): number {
  return scales.length === 0 ? 0 : values.length / scales.length;
}
