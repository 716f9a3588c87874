import type { MapPoint } from '../core';

/** Messages of the thread that draws a neighbour graph: it is started with points and says where they go. */

export interface GraphThreadData {
  /** Row-major, points x dimensions. */
  readonly values: Float32Array;
  readonly dimensions: number;
}

export type FromGraphThread = readonly MapPoint[];
