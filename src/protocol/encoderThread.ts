/** Messages between the threaded encoder and one of its threads. */

/** What a thread is started with (its `workerData`). */
export interface EncoderThreadData {
  /** The ONNX file. */
  readonly weights: string;
  readonly dimensions: number;
}

export type ToEncoderThread =
  | {
      readonly type: 'run';
      /** Windows of word-piece ids, encoded in one call of the network. */
      readonly windows: readonly Int32Array[];
      /** Which of the network's outputs. */
      readonly output: string;
    }
  /** Ends the thread after what it is doing: ended from outside, a busy one would abort the process. */
  | { readonly type: 'end' };

export type FromEncoderThread =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly reason: string }
  /** Per window a matrix, pieces x dimensions; its buffer is transferred. */
  | { readonly type: 'done'; readonly matrices: readonly Float32Array[] };
