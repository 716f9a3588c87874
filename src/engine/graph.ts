import { UMAP } from 'umap-js';
import { CancelledError, dot, type MapPoint, seededRandom } from '../core';

/** Number of nearest neighbours of a point in the graph; UMAP's default (McInnes et al. 2018). */
const NEIGHBOURS = 15;
/** Epochs between two turns of the event loop. */
const EPOCHS_A_TURN = 10;

/**
 * UMAP (McInnes et al. 2018) of unit vectors by cosine, with a fixed seed.
 * @param nextTurn waits for a turn of the event loop, so that messages that have arrived are handled, such as a cancellation
 * @throws CancelledError
 */
export async function drawNeighbourGraph(
  vectors: readonly Float32Array[],
  nextTurn: () => Promise<void>,
  signal?: AbortSignal,
): Promise<readonly MapPoint[]> {
  // With fewer points there is no graph to draw.
  if (vectors.length < 4) return vectors.map((_, i) => ({ x: i, y: 0 }));
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(NEIGHBOURS, vectors.length - 1),
    distanceFn: (a, b) => 1 - dot(a as unknown as Float32Array, b as unknown as Float32Array),
    random: seededRandom(1),
  });
  // UMAP only reads rows by index, so they need not be copied into plain arrays.
  const epochs = umap.initializeFit(vectors as unknown as number[][]);
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step();
    if (epoch % EPOCHS_A_TURN === 0) await nextTurn();
    if (signal?.aborted) throw new CancelledError();
  }
  return umap.getEmbedding().map(([x, y]) => ({ x: x!, y: y! }));
}
