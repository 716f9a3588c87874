import type { MapPoint } from '../core';

/** Messages of the thread that draws a neighbour graph: it is started with vectors and answers with points. */

export interface GraphThreadData {
  /** Vectors, row-major: points x dimensions. */
  readonly values: Float32Array;
  readonly dimensions: number;
}

export type FromGraphThread = readonly MapPoint[];
