import { CancelledError } from '../../core';
import type { NeighbourGraph } from '../../engine';
import type { FromGraphThread, GraphThreadData } from '../../protocol/graphThread';
import { startThread } from '../ports';

/** Draws each neighbour graph in a new thread. It runs no native code, so it can be ended at any time. */
export function graphInThread(entry: string): NeighbourGraph {
  return async (vectors, signal) => {
    if (signal?.aborted) throw new CancelledError();
    const dimensions = vectors[0]?.length ?? 0;
    const values = new Float32Array(vectors.length * dimensions);
    vectors.forEach((vector, i) => values.set(vector, i * dimensions));
    const workerData: GraphThreadData = { values, dimensions };
    const port = startThread<FromGraphThread, never>(entry, { workerData, transferList: [values.buffer] });
    const cancel = (): void => port.close();
    signal?.addEventListener('abort', cancel);
    try {
      return await new Promise<FromGraphThread>((resolve, reject) => {
        port.onMessage(resolve);
        port.onClosed(({ message }) =>
          reject(signal?.aborted ? new CancelledError() : new Error(`The map was not drawn (${message}).`)),
        );
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  };
}
