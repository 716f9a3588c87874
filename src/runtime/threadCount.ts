import { availableParallelism } from 'node:os';

/** Each thread holds the network, and a reader's other programs want cores too. */
const MOST = 2;

/** Threads that encode on this machine. */
export function encoderThreads(): number {
  return Math.min(MOST, availableParallelism());
}
