import { setImmediate as nextTurn } from 'node:timers/promises';
import { CancelledError, type Encoder } from '../../core';
import { loadingError, openEncoderFolder } from './encoderFolder';
import { createEncoderSession, type EncoderSession } from './encoderSession';

/** Windows encoded in one call; more would cost memory and, through padding, time (measured in docs/encoder.md). */
const BATCH = 8;

export interface LoadedEncoder {
  readonly encoder: Encoder;
  /** The pieces of `vocab.txt`; a piece's id is its line. */
  readonly vocabulary: readonly string[];
  /** Licence of the weights. */
  readonly licence: string;
}

/**
 * Loads an encoder folder into this thread, for commands and tests. Each call of the network blocks the thread.
 * @throws UserError when a file is missing or damaged
 */
export async function loadOnnxEncoder(folder: string): Promise<LoadedEncoder> {
  const { info, weights, outputs, vocabulary, licence } = await openEncoderFolder(folder);
  let session: EncoderSession;
  try {
    session = await createEncoderSession(weights, info.dimensions);
  } catch (error) {
    throw loadingError(weights, (error as Error).message);
  }
  const encoder: Encoder = {
    info,
    async encode(windows, layer, signal) {
      const results = new Array<Float32Array>(windows.length);
      // Windows of similar length share a batch, so that there is little padding.
      const byLength = windows.map((_, i) => i).sort((a, b) => windows[a]!.length - windows[b]!.length);
      for (let start = 0; start < byLength.length; start += BATCH) {
        if (signal?.aborted) throw new CancelledError();
        const batch = byLength.slice(start, start + BATCH);
        const matrices = await session.run(
          batch.map((i) => windows[i]!),
          outputs[layer],
        );
        batch.forEach((i, row) => (results[i] = matrices[row]!));
        // Calls block the thread; between two of them messages are handled, such as a cancellation.
        await nextTurn();
      }
      return results;
    },
    dispose: () => session.release(),
  };
  return { encoder, vocabulary, licence };
}
