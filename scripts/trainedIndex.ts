import { packSenseIndex, type SenseId, type SenseIndex } from '../src/core';
import { sha256 } from '../src/runtime';

/**
 * A sense index of trained vectors, as a file: counts of uses and the part-of-speech model are the built index's.
 * Trained vectors are compared as they are, so the scale is plain; glosses are part of them, so none are kept.
 * @param senses ascending
 * @param rows the vector of each of them
 */
export function trainedSenseIndex(
  built: SenseIndex,
  senses: readonly SenseId[],
  rows: readonly Float32Array[],
): Uint8Array {
  const { dimensions } = built.manifest;
  const plain = { mean: new Float32Array(dimensions), deviation: new Float32Array(dimensions).fill(1) };
  return packSenseIndex(
    {
      manifest: { ...built.manifest, averages: rows.length, glosses: 0 },
      standardisation: plain,
      glossStandardisation: plain,
      partOfSpeechModel: built.partOfSpeechModel,
      averages: {
        ids: Uint32Array.from(senses),
        uses: Uint32Array.from(senses, (sense) => built.uses(sense)),
        rows,
      },
      glosses: { ids: new Uint32Array(), rows: [] },
    },
    sha256,
  );
}
