import type { SenseId, Span } from '../model';
import { lowest } from '../util/search';
import { type Instance, INSTANCE, INSTANCE_FIELDS, instanceAt, type InstanceRows, similarity } from './rows';

/** The instances of one document, by paragraph; `base` is the offset where a paragraph's source begins now. */
export interface InstanceSource {
  /** Any number by which the caller knows the document. */
  readonly document: number;
  readonly paragraphs: Iterable<{ readonly base: number; readonly rows: InstanceRows }>;
}

/** A use of the word in question: an instance, and the document it stands in. */
export interface WordUse extends Instance {
  readonly document: number;
}

/** The place of a word in one of several documents. */
export interface InstancePlace extends Span {
  readonly document: number;
}

/** The uses of a word, given as its senses: all instances with one of the senses, in text order. */
export function findUses(sources: readonly InstanceSource[], senses: readonly SenseId[]): WordUse[] {
  const wanted = new Set(senses);
  const uses: WordUse[] = [];
  for (const { document, paragraphs } of sources) {
    for (const { base, rows } of paragraphs) {
      // A plain loop over numbers, for speed: a novel has a hundred thousand instances, most of them of other words.
      for (let at = INSTANCE.sense, i = 0; at < rows.words.length; at += INSTANCE_FIELDS, i++) {
        if (wanted.has(rows.words[at]!)) uses.push({ ...instanceAt(rows, i, base), document });
      }
    }
  }
  return uses;
}

/** The instance at a place, looked up without reading all others; `undefined` where there is none. */
export function instanceIn(
  { document, paragraphs }: InstanceSource,
  { start, end }: Span,
): WordUse | undefined {
  for (const { base, rows } of paragraphs) {
    const last = rows.words.length - INSTANCE_FIELDS;
    if (last < 0 || start < base || base + rows.words[last + INSTANCE.start]! < start) continue;
    for (let i = 0; i < rows.probabilities.length; i++) {
      const instance = instanceAt(rows, i, base);
      if (instance.start === start && instance.end === end) return { ...instance, document };
    }
  }
  return undefined;
}

/** Index of the use at a place; -1 where there is none. */
export function useAt(uses: readonly WordUse[], { document, start, end }: InstancePlace): number {
  return uses.findIndex((use) => use.document === document && use.start === start && use.end === end);
}

export interface Closeness {
  /** Standardised cosine with the use asked about; `NaN` where one of the two has no vector. */
  readonly similarity: number;
  /** Share of the other uses that are less similar to the use asked about, 0 to 1; `NaN` without a vector. */
  readonly closerThan: number;
}

/**
 * How near each use of a word is to one of them: its cosine, and its rank among the uses. The more frequent a word is, the lower
 * its cosines run (Zhou et al. 2022); a rank among the uses of one word does not depend on that.
 */
export function closenessTo(query: WordUse, uses: readonly WordUse[]): Closeness[] {
  const similarities = uses.map((use) => (use === query ? 1 : similarity(query, use)));
  const others = similarities.filter((value, i) => uses[i] !== query && !Number.isNaN(value));
  const sorted = Float64Array.from(others).sort();
  return similarities.map((value, i) => ({
    similarity: value,
    closerThan: Number.isNaN(value) ? NaN : closerThan(value, sorted, uses[i] === query),
  }));
}

/** @param sorted similarities of all uses but the query; the use's own value is one of them, and is not counted */
function closerThan(value: number, sorted: Float64Array, isQuery: boolean): number {
  if (isQuery) return 1;
  if (sorted.length < 2) return NaN;
  return lowest(sorted.length, (i) => sorted[i]! >= value) / (sorted.length - 1);
}
