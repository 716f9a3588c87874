import type { SenseId, Span } from '../model';
import { lowest } from '../util/search';
import { type Instance, INSTANCE, INSTANCE_FIELDS, instanceAt, type InstanceRows, similarity } from './rows';

/** The instances of one document, paragraph by paragraph, each with where its source begins now. */
export interface InstanceSource {
  /** A name of the caller's. */
  readonly document: number;
  readonly paragraphs: Iterable<{ readonly base: number; readonly rows: InstanceRows }>;
}

export interface WordUse extends Instance {
  readonly document: number;
}

/** A word in one of the documents. */
export interface InstancePlace extends Span {
  readonly document: number;
}

/** The instances whose predicted sense is one of some senses, in text order. */
export function findUses(sources: readonly InstanceSource[], senses: readonly SenseId[]): WordUse[] {
  const wanted = new Set(senses);
  const uses: WordUse[] = [];
  for (const { document, paragraphs } of sources) {
    for (const { base, rows } of paragraphs) {
      // A plain loop over numbers: a novel has a hundred thousand, and most are of other words.
      for (let at = INSTANCE.sense, i = 0; at < rows.words.length; at += INSTANCE_FIELDS, i++) {
        if (wanted.has(rows.words[at]!)) uses.push({ ...instanceAt(rows, i, base), document });
      }
    }
  }
  return uses;
}

/** The instance at a place, without a look at the others; `undefined` where there is none. */
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

/** The use at a place; -1 where there is none. */
export function useAt(uses: readonly WordUse[], { document, start, end }: InstancePlace): number {
  return uses.findIndex((use) => use.document === document && use.start === start && use.end === end);
}

export interface Closeness {
  /** Standardised cosine with the use asked about; `NaN` where one of the two has no vector. */
  readonly similarity: number;
  /** Share of the other uses that are less similar to the use asked about; `NaN` as above. */
  readonly closerThan: number;
}

/**
 * How near each use is to one of them: its cosine, and its rank among this word's own uses. The rank comes first, as cosine
 * runs lower the more frequent a word is (Zhou et al. 2022), which a rank within one word does not feel.
 */
export function closenessTo(asked: WordUse, uses: readonly WordUse[]): Closeness[] {
  const similarities = uses.map((use) => (use === asked ? 1 : similarity(asked, use)));
  const others = similarities.filter((value, i) => uses[i] !== asked && !Number.isNaN(value));
  const sorted = Float64Array.from(others).sort();
  return similarities.map((value, i) => ({
    similarity: value,
    closerThan: Number.isNaN(value) ? NaN : closerThan(value, sorted, uses[i] === asked),
  }));
}

/** The use itself is not among the others it is compared with. */
function closerThan(value: number, sorted: Float64Array, isAsked: boolean): number {
  if (isAsked) return 1;
  if (sorted.length < 2) return NaN;
  return lowest(sorted.length, (i) => sorted[i]! >= value) / (sorted.length - 1);
}
