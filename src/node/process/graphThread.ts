import { setImmediate as nextTurn } from 'node:timers/promises';
/** Entry of the thread that draws a neighbour graph, so that the encoder process goes on reading meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FromGraphThread, GraphThreadData } from '../../protocol/graphThread';
import { drawNeighbourGraph } from '../../engine';

const { values, dimensions } = workerData as GraphThreadData;
const vectors = Array.from({ length: values.length / dimensions }, (_, i) =>
  values.subarray(i * dimensions, (i + 1) * dimensions),
);
void drawNeighbourGraph(vectors, nextTurn).then((points: FromGraphThread) => parentPort!.postMessage(points));
