import type { Comparison, Doubt, InstancePlace, SenseId, SenseMap, Span } from '../core';

/**
 * Questions about the instances of open documents. A document is given by its index in the list that is sent with a question.
 * Offsets in an answer are in the versions that the answer names.
 */
export interface Questions {
  /** All uses of a word, which is given by its senses. `asked` is the use that the others are compared with. */
  readonly uses: { readonly senses: readonly SenseId[]; readonly asked: InstancePlace | undefined };
  readonly map: { readonly senses: readonly SenseId[]; readonly method: 'pca' | 'umap' };
  readonly comparison: { readonly places: readonly [InstancePlace, InstancePlace] };
  /** The tagged uses of these senses that are nearest to the use at a place. */
  readonly evidence: { readonly place: InstancePlace; readonly senses: readonly SenseId[] };
  /** The words that are nearest to the use at a place; words with one of `senses` are left out. */
  readonly neighbours: {
    readonly place: InstancePlace;
    readonly senses: readonly SenseId[];
    readonly count: number;
  };
}

export interface Answers {
  readonly uses: {
    readonly documents: readonly AnsweredDocument[];
    /** Name of the encoder, and whether its sense vectors were trained. */
    readonly encoder: string;
    readonly trained: boolean;
    readonly uses: readonly AnsweredUse[];
    /** Index of the use asked about; -1 without one. */
    readonly asked: number;
  };
  /** The map of the uses that `uses` answers with, in the same order, as long as the versions are the same. */
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
  /** The runner-up; -1 without one. */
  readonly rival: SenseId;
  /** Probability and cosine of the sense; `NaN` for a monosemous word. */
  readonly probability: number;
  readonly cosine: number;
  readonly doubt: Doubt | undefined;
  /** As in `Closeness`: `NaN` where there is nothing to compare. */
  readonly similarity: number;
  readonly closerThan: number;
}

/** A tagged use; the word's offsets are in `text`. */
export interface TaggedExample extends Span {
  readonly text: string;
  /** Name of the corpus document. */
  readonly source: string;
  readonly similarity: number;
}

export type QuestionKind = keyof Questions;
