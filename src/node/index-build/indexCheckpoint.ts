import { readFile } from 'node:fs/promises';
import {
  type ArtifactKind,
  bytesOf,
  openArtifact,
  packArtifact,
  PartOfSpeechFit,
  StandardisationFit,
  view,
} from '../../core';
import { sha256, writeWhole } from '../files';

const CHECKPOINT: ArtifactKind = {
  kind: 'sense index checkpoint',
  version: 1,
  remedy: 'It is built from the start.',
};
/** Everything the build has added up so far. */
export interface BuildProgress {
  /** Identifies the build by its inputs: a checkpoint of other inputs is not used. */
  readonly build: string;
  sentences: number;
  readonly fit: StandardisationFit;
  readonly partsOfSpeech: PartOfSpeechFit;
  /** By sense, the sum of the raw vectors of its uses, and their number. */
  readonly sums: Map<number, { readonly sum: Float32Array; uses: number }>;
  /** Raw gloss vectors of the synsets encoded so far, in the order of the synsets. */
  readonly glosses: Float32Array[];
}

/** Reads a checkpoint; without one, or with a damaged one or one of another build, the build starts from the beginning. */
export async function readCheckpoint(
  file: string,
  build: string,
  dimensions: number,
): Promise<BuildProgress> {
  const fresh: BuildProgress = {
    build,
    sentences: 0,
    fit: new StandardisationFit(dimensions),
    partsOfSpeech: new PartOfSpeechFit(dimensions),
    sums: new Map(),
    glosses: [],
  };
  try {
    const saved = openArtifact(await readFile(file), CHECKPOINT, sha256);
    const manifest = saved.manifest as { build: string; sentences: number; words: number };
    if (manifest.build !== build) return fresh;
    const doubles = (name: string): Float64Array => {
      const bytes = saved.section(name);
      return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 3).slice();
    };
    const rows = (name: string): Float32Array[] => {
      const values = view.float32(saved.section(name));
      return Array.from({ length: values.length / dimensions }, (_, i) =>
        values.slice(i * dimensions, (i + 1) * dimensions),
      );
    };
    const uses = view.uint32(saved.section('uses'));
    const sums = rows('sums');
    const senses = Array.from(view.uint32(saved.section('senses')));
    return {
      ...fresh,
      sentences: manifest.sentences,
      fit: new StandardisationFit(dimensions, {
        mean: doubles('mean'),
        squares: doubles('squares'),
        count: manifest.words,
      }),
      partsOfSpeech: new PartOfSpeechFit(dimensions, {
        counts: doubles('partCounts'),
        sums: doubles('partSums'),
        products: doubles('partProducts'),
      }),
      sums: new Map(senses.map((sense, i) => [sense, { sum: sums[i]!, uses: uses[i]! }])),
      glosses: rows('glosses'),
    };
  } catch {
    return fresh;
  }
}

export async function writeCheckpoint(
  file: string,
  progress: BuildProgress,
  dimensions: number,
): Promise<void> {
  const flat = (rows: readonly Float32Array[]): Uint8Array => {
    const values = new Float32Array(rows.length * dimensions);
    rows.forEach((row, i) => values.set(row, i * dimensions));
    return bytesOf(values);
  };
  const { mean, squares, count } = progress.fit.state;
  const parts = progress.partsOfSpeech.state;
  const entries = [...progress.sums];
  const { build, sentences } = progress;
  await writeWhole(
    file,
    packArtifact(
      CHECKPOINT,
      { build, sentences, words: count },
      {
        mean: bytesOf(mean),
        squares: bytesOf(squares),
        partCounts: bytesOf(parts.counts),
        partSums: bytesOf(parts.sums),
        partProducts: bytesOf(parts.products),
        senses: bytesOf(Uint32Array.from(entries, ([sense]) => sense)),
        uses: bytesOf(Uint32Array.from(entries, ([, { uses }]) => uses)),
        sums: flat(entries.map(([, { sum }]) => sum)),
        glosses: flat(progress.glosses),
      },
      sha256,
    ),
  );
}
