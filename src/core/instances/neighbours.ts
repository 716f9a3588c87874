import type { SenseId } from '../model';
import { instanceAt, INSTANCE, INSTANCE_FIELDS, signWords, similarity, dimensionsOf } from './rows';
import type { InstanceSource, WordUse } from './uses';

/** Rows compared exactly, after all have been compared by the signs of their values. */
const SHORTLIST = 1_000;

export interface Neighbour {
  readonly use: WordUse;
  readonly similarity: number;
}

/**
 * The nearest instances of other words, of each sense the nearest one. All are compared by the signs of their values first
 * (after Charikar 2002), and the best of them exactly.
 * @param own senses of the word itself, which are left out
 */
export function nearestWords(
  asked: WordUse,
  sources: readonly InstanceSource[],
  own: readonly SenseId[],
  count: number,
): Neighbour[] {
  if (asked.row < 0) return [];
  const nearest = new Map<SenseId, Neighbour>();
  for (const use of shortlist(asked, sources, new Set(own))) {
    const value = similarity(asked, use);
    const known = nearest.get(use.sense);
    if (!known || known.similarity < value) nearest.set(use.sense, { use, similarity: value });
  }
  return [...nearest.values()].sort((a, b) => b.similarity - a.similarity).slice(0, count);
}

function shortlist(asked: WordUse, sources: readonly InstanceSource[], own: ReadonlySet<SenseId>): WordUse[] {
  const dimensions = dimensionsOf(asked.rows);
  const width = signWords(dimensions);
  const query = asked.rows.signs.subarray(asked.row * width, (asked.row + 1) * width);
  /** Rows at each distance, to find the distance that the shortlist reaches to. */
  const histogram = new Uint32Array(32 * width + 1);
  const compared = sources.flatMap(({ document, paragraphs }) =>
    Array.from(paragraphs, ({ base, rows }) => ({ document, base, rows })),
  );
  const count = compared.reduce((sum, { rows }) => sum + rows.scales.length, 0);
  /** Of all rows, paragraph after paragraph. */
  const distances = new Uint16Array(count);
  let next = 0;
  for (const { rows } of compared) {
    for (let row = 0; row < rows.scales.length; row++) {
      const distance = differingBits(rows.signs, row * width, query);
      distances[next++] = distance;
      histogram[distance]!++;
    }
  }
  let reach = 0;
  for (let kept = 0; reach < histogram.length && kept < SHORTLIST; reach++) kept += histogram[reach]!;
  const uses: WordUse[] = [];
  let first = 0;
  for (const { document, base, rows } of compared) {
    for (let i = 0, at = 0; at < rows.words.length; i++, at += INSTANCE_FIELDS) {
      const row = rows.words[at + INSTANCE.row]!;
      if (row < 0 || distances[first + row]! >= reach || own.has(rows.words[at + INSTANCE.sense]!)) continue;
      uses.push({ ...instanceAt(rows, i, base), document });
    }
    first += rows.scales.length;
  }
  return uses;
}

/** Bits in which a row of signs differs from another. */
function differingBits(signs: Uint32Array, from: number, query: Uint32Array): number {
  let count = 0;
  /** Counts of the words so far, in four bytes: each word adds 8 at most. */
  let bytes = 0;
  for (let i = 0; i < query.length; i++) {
    let bits = signs[from + i]! ^ query[i]!;
    bits -= (bits >>> 1) & 0x55555555;
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
    bytes = (bytes + ((bits + (bits >>> 4)) & 0x0f0f0f0f)) | 0;
    if ((i & 15) === 15) {
      count += sumOfBytes(bytes);
      bytes = 0;
    }
  }
  return count + sumOfBytes(bytes);
}

function sumOfBytes(bytes: number): number {
  const pairs = (bytes & 0x00ff00ff) + ((bytes >>> 8) & 0x00ff00ff);
  return (pairs + (pairs >>> 16)) & 0xffff;
}
