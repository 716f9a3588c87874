import type { SenseId } from '../model';
import { instanceAt, INSTANCE, INSTANCE_FIELDS, signWords, similarity, dimensionsOf } from './rows';
import type { InstanceSource, WordUse } from './uses';

/** How many of the nearest rows by signs are then compared exactly. */
const SHORTLIST = 1_000;

export interface Neighbour {
  readonly use: WordUse;
  readonly similarity: number;
}

/**
 * The instances of other words that are nearest to a use, one per sense. All instances are compared by the signs of their values
 * first (after Charikar 2002), and only the best of them exactly.
 * @param ownSenses senses of the use's word, which are left out
 * @param count most neighbours to return
 */
export function nearestWords(
  query: WordUse,
  sources: readonly InstanceSource[],
  ownSenses: readonly SenseId[],
  count: number,
): Neighbour[] {
  if (query.row < 0) return [];
  const nearest = new Map<SenseId, Neighbour>();
  for (const use of shortlist(query, sources, new Set(ownSenses))) {
    const value = similarity(query, use);
    const known = nearest.get(use.sense);
    if (!known || known.similarity < value) nearest.set(use.sense, { use, similarity: value });
  }
  return [...nearest.values()].sort((a, b) => b.similarity - a.similarity).slice(0, count);
}

function shortlist(
  query: WordUse,
  sources: readonly InstanceSource[],
  ownSenses: ReadonlySet<SenseId>,
): WordUse[] {
  const dimensions = dimensionsOf(query.rows);
  const width = signWords(dimensions);
  const querySigns = query.rows.signs.subarray(query.row * width, (query.row + 1) * width);
  /** How many rows there are at each distance, to find the distance that the shortlist reaches to. */
  const histogram = new Uint32Array(32 * width + 1);
  const compared = sources.flatMap(({ document, paragraphs }) =>
    Array.from(paragraphs, ({ base, rows }) => ({ document, base, rows })),
  );
  const count = compared.reduce((sum, { rows }) => sum + rows.scales.length, 0);
  /** Distances of all rows, paragraph after paragraph. */
  const distances = new Uint16Array(count);
  let next = 0;
  for (const { rows } of compared) {
    for (let row = 0; row < rows.scales.length; row++) {
      const distance = differingBits(rows.signs, row * width, querySigns);
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
      if (row < 0 || distances[first + row]! >= reach) continue;
      if (ownSenses.has(rows.words[at + INSTANCE.sense]!)) continue;
      uses.push({ ...instanceAt(rows, i, base), document });
    }
    first += rows.scales.length;
  }
  return uses;
}

/** Number of bits in which a row of signs differs from the query's. */
function differingBits(signs: Uint32Array, from: number, query: Uint32Array): number {
  let count = 0;
  /** Four counts in four bytes, of the last words at most 16: each word adds at most 8 to a byte. */
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
