import { availableParallelism } from 'node:os';

/** Most threads, as the reader's other programs need cores too. */
const MOST = 2;

/** Number of encoder threads on this machine. */
export function encoderThreads(): number {
  return Math.min(MOST, availableParallelism());
}
