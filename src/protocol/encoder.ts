import type { Abstention, Annotation, DocumentFormat, LayerRule, Reading } from '../core';

/**
 * Messages between a reader and the encoder process. Vectors, search and decision stay in that process;
 * what crosses is text one way and annotations the other.
 */

/** What the process is started with. */
export interface EncoderProcessSettings {
  readonly encoder: string;
  readonly wordnet: string;
  readonly index: string;
  readonly layer: LayerRule;
  readonly recipe: string;
}

export type ToEncoder =
  | { readonly type: 'start'; readonly settings: EncoderProcessSettings }
  | { readonly type: 'read'; readonly id: number; readonly text: string; readonly format: DocumentFormat }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'stop' };

export type FromEncoder =
  | { readonly type: 'started' }
  | { readonly type: 'readings'; readonly id: number; readonly batch: ReadingBatch }
  | { readonly type: 'finished'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number | undefined; readonly failure: Failure };

/** Paragraphs read so far, of how many, and what the newest of them hold. */
export interface ReadingBatch {
  readonly done: number;
  readonly total: number;
  readonly readings: readonly Reading[];
}

export interface Failure {
  readonly kind: 'cancelled' | 'user' | 'internal';
  readonly message: string;
}

export type { Abstention, Annotation };
