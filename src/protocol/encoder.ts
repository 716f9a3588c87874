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
 * Messages between the two ends of an engine: who asks (`connect`), and the encoder process (`serve`). Vectors, search and decision
 * stay in that process; what crosses is text one way and annotations the other. What the process opens (`Settings`) is for its
 * host to say.
 */

export type ToEncoder<Settings> =
  | { readonly type: 'start'; readonly settings: Settings }
  /** A text that is read once, from its start to its end. */
  | {
      readonly type: 'read';
      readonly id: number;
      readonly text: string;
      readonly format: DocumentFormat;
      readonly withTokens: boolean;
    }
  | { readonly type: 'cancel'; readonly id: number }
  /** A document that is read while it is edited. */
  | { readonly type: 'open'; readonly id: number; readonly document: SessionDocument }
  | { readonly type: 'edit'; readonly id: number; readonly edits: readonly DocumentEdit[] }
  /** What a reader chose in the text after the edits so far, all of it. */
  | { readonly type: 'choose'; readonly id: number; readonly chosen: readonly ChosenSense[] }
  | { readonly type: 'view'; readonly id: number; readonly spans: readonly Span[] }
  | { readonly type: 'close'; readonly id: number }
  /** Documents are those of `open`; `cancel` ends a question too. */
  | {
      [Kind in QuestionKind]: {
        readonly type: 'ask';
        readonly id: number;
        readonly documents: readonly number[];
        readonly kind: Kind;
        readonly question: Questions[Kind];
      };
    }[QuestionKind]
  /** Everything that was taught so far: open documents are read anew where it changes a decision. */
  | { readonly type: 'teach'; readonly teaching: Teaching }
  | { readonly type: 'stop' };

/** What people taught: senses of the project, and uses that they corrected. */
export interface Teaching {
  readonly senses: readonly NumberedSense[];
  readonly lessons: readonly Lesson[];
}

export type FromEncoder =
  | { readonly type: 'started' }
  /** No document text. */
  | { readonly type: 'log'; readonly level: keyof Logger; readonly message: string }
  | { readonly type: 'readings'; readonly id: number; readonly batch: ReadingBatch }
  | { readonly type: 'finished'; readonly id: number }
  | { readonly type: 'answered'; readonly id: number; readonly answer: Answers[QuestionKind] }
  | { readonly type: 'failed'; readonly id: number | undefined; readonly failure: Failure }
  | { readonly type: 'documentReadings'; readonly id: number; readonly readings: SessionReadings }
  /** The document is closed. */
  | { readonly type: 'documentFailed'; readonly id: number; readonly failure: Failure };

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
