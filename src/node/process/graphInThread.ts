import { Worker } from 'node:worker_threads';
import { CancelledError } from '../../core';
import type { FromGraphThread, GraphThreadData } from '../../protocol/graphThread';
import type { NeighbourGraph } from '../../engine';

/** Draws each graph in a thread of its own, which holds no native code and can be ended at any time. */
export function graphInThread(entry: string): NeighbourGraph {
  return async (vectors, signal) => {
    if (signal?.aborted) throw new CancelledError();
    const dimensions = vectors[0]?.length ?? 0;
    const values = new Float32Array(vectors.length * dimensions);
    vectors.forEach((vector, i) => values.set(vector, i * dimensions));
    const workerData: GraphThreadData = { values, dimensions };
    const worker = new Worker(entry, { workerData, transferList: [values.buffer], execArgv: [] });
    const cancel = (): void => void worker.terminate();
    signal?.addEventListener('abort', cancel);
    try {
      return await new Promise<FromGraphThread>((resolve, reject) => {
        worker.on('message', resolve);
        worker.on('error', reject);
        worker.on('exit', () =>
          reject(signal?.aborted ? new CancelledError() : new Error('The map was not drawn.')),
        );
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  };
}
