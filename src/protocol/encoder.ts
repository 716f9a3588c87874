import type {
  ChosenSense,
  DocumentEdit,
  DocumentFormat,
  Lesson,
  Logger,
  NumberedSense,
  Reading,
  SessionDocument,
  SessionReadings,
  Span,
} from '../core';
import type { Answers, QuestionKind, Questions } from './questions';

/**
 * Messages between the two ends of an engine: `connect` in the host, `serve` in the encoder process. Vectors, search and decision
 * stay in that process; text goes in, and annotations come out. `Settings` says what the process opens; its host defines them.
 */

export type ToEncoder<Settings> =
  | { readonly type: 'start'; readonly settings: Settings }
  /** Reads a text once, from start to end. */
  | {
      readonly type: 'read';
      readonly id: number;
      readonly text: string;
      readonly format: DocumentFormat;
      readonly withTokens: boolean;
    }
  | { readonly type: 'cancel'; readonly id: number }
  /** Opens a document that is read while it is edited. */
  | { readonly type: 'open'; readonly id: number; readonly document: SessionDocument }
  | { readonly type: 'edit'; readonly id: number; readonly edits: readonly DocumentEdit[] }
  /** All senses that a reader chose in a document, in the text after the edits so far. */
  | { readonly type: 'choose'; readonly id: number; readonly chosen: readonly ChosenSense[] }
  | { readonly type: 'view'; readonly id: number; readonly spans: readonly Span[] }
  | { readonly type: 'close'; readonly id: number }
  /** Asks a question. `documents` are ids of `open` messages; `cancel` ends a question as it ends a reading. */
  | {
      [Kind in QuestionKind]: {
        readonly type: 'ask';
        readonly id: number;
        readonly documents: readonly number[];
        readonly kind: Kind;
        readonly question: Questions[Kind];
      };
    }[QuestionKind]
  /** All senses of the project and lessons; paragraphs of open documents that they concern are read again. */
  | { readonly type: 'teach'; readonly teaching: Teaching }
  /** Is anybody there? Answered by `pong` at once, however much is under way. */
  | { readonly type: 'ping' }
  | { readonly type: 'stop' };

/** What the engine learns from: the senses of the project, and lessons. */
export interface Teaching {
  readonly senses: readonly NumberedSense[];
  readonly lessons: readonly Lesson[];
}

export type FromEncoder =
  | { readonly type: 'started' }
  | { readonly type: 'pong' }
  /** A line for the log; it never has text of a document. */
  | { readonly type: 'log'; readonly level: keyof Logger; readonly message: string }
  | { readonly type: 'readings'; readonly id: number; readonly batch: ReadingBatch }
  | { readonly type: 'finished'; readonly id: number }
  | { readonly type: 'answered'; readonly id: number; readonly answer: Answers[QuestionKind] }
  | { readonly type: 'failed'; readonly id: number | undefined; readonly failure: Failure }
  | { readonly type: 'documentReadings'; readonly id: number; readonly readings: SessionReadings }
  /** Reading a document failed, and it was closed. */
  | { readonly type: 'documentFailed'; readonly id: number; readonly failure: Failure };

/** How many paragraphs have been read, of how many in total, and the newest readings. */
export interface ReadingBatch {
  readonly done: number;
  readonly total: number;
  readonly readings: readonly Reading[];
}

export interface Failure {
  readonly kind: 'cancelled' | 'user' | 'internal';
  readonly message: string;
}
