import { CancelledError, type Encoder } from '../../src/core/ports';
import { LAYER_RULES } from '../../src/core/model';

/**
 * An encoder without weights: a piece's vector follows from its id and its neighbours' ids, so that words have
 * contexts, runs repeat, and nothing takes time. The last dimension is dead, as one is in the real encoder.
 */
export function createFakeEncoder(dimensions = 8): Encoder {
  return {
    info: { id: 'fake@1', name: 'fake', dimensions, maxPieces: 32, layers: LAYER_RULES },
    encode(windows, _layer, signal) {
      if (signal?.aborted) return Promise.reject(new CancelledError());
      return Promise.resolve(
        windows.map((ids) =>
          Float32Array.from({ length: ids.length * dimensions }, (_, k) => {
            const piece = Math.floor(k / dimensions);
            const dimension = k % dimensions;
            if (dimension === dimensions - 1) return -7e-33;
            const context = (ids[piece - 1] ?? 0) + (ids[piece + 1] ?? 0);
            return Math.sin(ids[piece]! * (dimension + 1)) + Math.sin(context * (dimension + 2)) / 4;
          }),
        ),
      );
    },
    dispose: () => Promise.resolve(),
  };
}

/** Counts the windows that an encoder is asked for. */
export function countingEncoder(encoder: Encoder): Encoder & { readonly windows: number } {
  let count = 0;
  return {
    ...encoder,
    encode(windows, layer, signal) {
      count += windows.length;
      return encoder.encode(windows, layer, signal);
    },
    get windows() {
      return count;
    },
  };
}
