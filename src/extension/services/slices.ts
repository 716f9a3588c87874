import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest stretch of work in one go: half of what may be felt. */
const SLICE_MS = 8;

/** Lets the extension host do something else now and then during long work. */
export class Slices {
  #began = performance.now();

  /** Is it time for a pause? Asked often, and so without a promise. */
  get isOver(): boolean {
    return performance.now() - this.#began > SLICE_MS;
  }

  async pause(): Promise<void> {
    await nextTurn();
    this.#began = performance.now();
  }
}
