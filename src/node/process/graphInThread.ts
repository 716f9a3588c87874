import { Worker } from 'node:worker_threads';
import { CancelledError } from '../../core';
import type { FromGraphThread, GraphThreadData } from '../../protocol/graphThread';
import type { NeighbourGraph } from '../../engine';

const CANCEL_POLL_MS = 50;

/** Draws each graph in a thread of its own, which holds no native code and can be ended at any time. */
export function graphInThread(entry: string): NeighbourGraph {
  return async (vectors, token) => {
    const dimensions = vectors[0]?.length ?? 0;
    const values = new Float32Array(vectors.length * dimensions);
    vectors.forEach((vector, i) => values.set(vector, i * dimensions));
    const workerData: GraphThreadData = { values, dimensions };
    const worker = new Worker(entry, { workerData, transferList: [values.buffer], execArgv: [] });
    const watch = setInterval(() => {
      if (token?.isCancellationRequested) void worker.terminate();
    }, CANCEL_POLL_MS);
    try {
      return await new Promise<FromGraphThread>((resolve, reject) => {
        worker.on('message', resolve);
        worker.on('error', reject);
        worker.on('exit', () =>
          reject(token?.isCancellationRequested ? new CancelledError() : new Error('The map was not drawn.')),
        );
      });
    } finally {
      clearInterval(watch);
    }
  };
}
