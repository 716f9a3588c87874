/** Entry point of the thread that draws a neighbour graph, so that the encoder process can go on reading meanwhile. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { drawNeighbourGraph } from '../../engine';
import type { FromGraphThread, GraphThreadData } from '../../protocol/graphThread';
import { startedThreadPort } from '../ports';

const { values, dimensions } = workerData as GraphThreadData;
const vectors = Array.from({ length: values.length / dimensions }, (_, i) =>
  values.subarray(i * dimensions, (i + 1) * dimensions),
);
const port = startedThreadPort<never, FromGraphThread>();
void drawNeighbourGraph(vectors, nextTurn).then((points) => port.post(points));
