import { availableParallelism } from 'node:os';

/** A reader's other programs want cores too. */
const MOST = 2;

/** Threads that encode on this machine. */
export function encoderThreads(): number {
  return Math.min(MOST, availableParallelism());
}
