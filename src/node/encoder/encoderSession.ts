import type { InferenceSession, Tensor } from 'onnxruntime-node';

/** One core per session and no busy waiting, so that a laptop stays quiet and several sessions share its cores fairly. */
export const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

/** An encoder's network, loaded by onnxruntime into this thread. */
export interface EncoderSession {
  /**
   * Calls the network once, which blocks the thread.
   * @returns per window a row-major matrix, pieces x dimensions, each in a separate buffer
   */
  run(windows: readonly Int32Array[], output: string): Promise<Float32Array[]>;
  release(): Promise<void>;
}

/** @throws Error with onnxruntime's message when the network cannot be loaded */
export async function createEncoderSession(weights: string, dimensions: number): Promise<EncoderSession> {
  const ort = await import('onnxruntime-node');
  const session = await ort.InferenceSession.create(weights, SESSION_OPTIONS);

  /** The network's inputs, padded to the longest window. Padding is masked, so it does not change the other pieces' vectors. */
  function feeds(windows: readonly Int32Array[], length: number): Record<string, Tensor> {
    const ids = new BigInt64Array(windows.length * length);
    const mask = new BigInt64Array(windows.length * length);
    windows.forEach((window, row) =>
      window.forEach((id, i) => {
        ids[row * length + i] = BigInt(id);
        mask[row * length + i] = 1n;
      }),
    );
    const shape = [windows.length, length];
    return {
      input_ids: new ort.Tensor('int64', ids, shape),
      attention_mask: new ort.Tensor('int64', mask, shape),
    };
  }

  return {
    async run(windows, output) {
      const length = Math.max(...windows.map((window) => window.length));
      const result = await session.run(feeds(windows, length), [output]);
      // Takes the only value whatever its name: this version may give it another output's name (microsoft/onnxruntime #26865).
      const data = Object.values(result)[0]!.data as Float32Array;
      return windows.map((window, row) => {
        const start = row * length * dimensions;
        return data.slice(start, start + window.length * dimensions);
      });
    },
    release: () => session.release(),
  };
}
