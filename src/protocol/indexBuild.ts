import type { EncoderInfo, LayerRule } from '../core';
import type { Failure } from './encoder';

/** Messages between the extension and the index process, which describes one encoder and may build its sense vectors. */

export interface IndexProcessSettings {
  readonly encoder: string;
  /** What to build; without it the encoder is only described. */
  readonly build?: IndexBuild | undefined;
}

export interface IndexBuild {
  readonly layer: LayerRule;
  readonly wordnet: string;
  readonly corpus: string;
  /** The index file to write; the checkpoint is a file beside it. */
  readonly out: string;
}

/** An encoder folder that can be loaded. */
export interface DescribedEncoder {
  readonly info: EncoderInfo;
  readonly licence: string | undefined;
}

export interface IndexBuildStep {
  readonly phase: 'corpus' | 'glosses';
  readonly done: number;
  readonly total: number;
}

export type ToIndexProcess =
  { readonly type: 'start'; readonly settings: IndexProcessSettings } | { readonly type: 'cancel' };

export type FromIndexProcess =
  | { readonly type: 'progress'; readonly step: IndexBuildStep }
  | { readonly type: 'finished'; readonly encoder: DescribedEncoder }
  | { readonly type: 'failed'; readonly failure: Failure };
