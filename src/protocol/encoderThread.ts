/** Messages between the threaded encoder and one of its threads. */

/** The data that a thread is started with (`workerData`). */
export interface EncoderThreadData {
  /** Path of the ONNX file. */
  readonly weights: string;
  readonly dimensions: number;
}

export type ToEncoderThread =
  | {
      readonly type: 'run';
      /** Windows of word-piece ids, encoded in one call of the network. */
      readonly windows: readonly Int32Array[];
      /** Name of the network's output. */
      readonly output: string;
    }
  /** Ends the thread after its current call. Terminating a busy thread from outside would abort the process. */
  | { readonly type: 'end' };

export type FromEncoderThread =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly reason: string }
  /** Per window a matrix, pieces x dimensions, whose buffer is transferred. */
  | { readonly type: 'done'; readonly matrices: readonly Float32Array[] };
