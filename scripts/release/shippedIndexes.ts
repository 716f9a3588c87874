import { packSenseIndex, type SenseIndex, type SenseIndexContents } from '../../src/core/senses/senseIndex';
import type { SenseId } from '../../src/core/model';
import { sha256 } from '../../src/node/files/files';

/** The trained sense vectors of a release. */
export interface TrainedSenses {
  /** The senses that have a vector, ascending. */
  readonly senses: readonly SenseId[];
  /** The vector of each sense. */
  readonly rows: readonly Float32Array[];
  /** Licence notices of the corpora that they were trained on. */
  readonly licences: readonly string[];
}

/**
 * The file of a sense index with trained vectors, and with the counts of uses and the part-of-speech model of a built index.
 * Trained vectors are compared as they are, so the standardisation changes nothing; glosses were trained on, so there are no
 * gloss vectors.
 */
export function trainedIndex(
  built: SenseIndex,
  { senses, rows, licences }: TrainedSenses,
  senseCount: number,
): Uint8Array {
  const { dimensions } = built.manifest;
  const plain = { mean: new Float32Array(dimensions), deviation: new Float32Array(dimensions).fill(1) };
  return pack(
    {
      ...built,
      manifest: { ...built.manifest, trained: true, licences },
      standardisation: plain,
      glossStandardisation: plain,
    },
    { ids: Uint32Array.from(senses), rows },
    senseCount,
  );
}

/** The file of a sense index with the averages of a built index alone, for the recipe *textbook*. */
export function averagesOnly(built: SenseIndex, senseCount: number): Uint8Array {
  const ids = sensesWhere(senseCount, (sense) => built.average(sense) !== undefined);
  const rows = Array.from(ids, (sense) => {
    const { values, scale } = built.average(sense)!;
    return Float32Array.from(values, (value) => value * scale);
  });
  return pack(built, { ids, rows }, senseCount);
}

function pack(index: SenseIndex, averages: SenseIndexContents['averages'], senseCount: number): Uint8Array {
  const tagged = sensesWhere(senseCount, (sense) => index.uses(sense) > 0);
  return packSenseIndex(
    {
      manifest: { ...index.manifest, averages: averages.rows.length, glosses: 0 },
      standardisation: index.standardisation,
      glossStandardisation: index.glossStandardisation,
      partOfSpeechModel: index.partOfSpeechModel,
      averages,
      uses: { ids: tagged, counts: tagged.map((sense) => index.uses(sense)) },
      glosses: { ids: new Uint32Array(), rows: [] },
    },
    sha256,
  );
}

function sensesWhere(senseCount: number, has: (sense: SenseId) => boolean): Uint32Array {
  return Uint32Array.from({ length: senseCount }, (_, sense) => sense).filter(has);
}
