import type { Comparison, Doubt, InstancePlace, SenseId, SenseMap, Span } from '../core';

/**
 * What can be asked about the instances of open documents. Documents are named by their place in the list that goes with a
 * question; answers are in the offsets of the versions they tell.
 */
export interface Questions {
  /** Every use of a word, which is the senses it can have. */
  readonly uses: { readonly senses: readonly SenseId[]; readonly asked: InstancePlace | undefined };
  readonly map: { readonly senses: readonly SenseId[]; readonly method: 'pca' | 'umap' };
  readonly comparison: { readonly places: readonly [InstancePlace, InstancePlace] };
  /** Tagged uses of these senses that are nearest to a use. */
  readonly evidence: { readonly place: InstancePlace; readonly senses: readonly SenseId[] };
  /** Words of other senses than these that are nearest to a use. */
  readonly neighbours: {
    readonly place: InstancePlace;
    readonly senses: readonly SenseId[];
    readonly count: number;
  };
}

export interface Answers {
  readonly uses: {
    readonly documents: readonly AnsweredDocument[];
    /** What made the predictions. */
    readonly encoder: string;
    readonly trained: boolean;
    readonly uses: readonly AnsweredUse[];
    /** The use asked about; -1 where there is none. */
    readonly asked: number;
  };
  /** Of the same uses, in the same order, as long as the versions are the same. */
  readonly map: { readonly versions: readonly number[]; readonly map: SenseMap };
  readonly comparison: {
    readonly versions: readonly number[];
    readonly comparison: Comparison;
    /** Cosine of the two words' vectors without context. */
    readonly static: number;
  };
  readonly evidence: {
    readonly versions: readonly number[];
    readonly senses: readonly { readonly tagged: number; readonly examples: readonly TaggedExample[] }[];
  };
  readonly neighbours: { readonly versions: readonly number[]; readonly neighbours: readonly AnsweredUse[] };
}

export interface AnsweredDocument {
  readonly version: number;
  readonly headings: readonly (Span & { readonly title: string })[];
}

export interface AnsweredUse extends InstancePlace {
  readonly sense: SenseId;
  /** -1 without one. */
  readonly rival: SenseId;
  /** `NaN` for a monosemous word, as is the cosine. */
  readonly probability: number;
  readonly cosine: number;
  readonly doubt: Doubt | undefined;
  /** `NaN` where nothing can be compared, as is `closerThan`. */
  readonly similarity: number;
  readonly closerThan: number;
}

/** A tagged use as running text; the word's offsets are in it. */
export interface TaggedExample extends Span {
  readonly text: string;
  /** The document of the corpus. */
  readonly source: string;
  readonly similarity: number;
}

export type QuestionKind = keyof Questions;
