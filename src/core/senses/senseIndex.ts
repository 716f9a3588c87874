import { type LayerRule, PARTS_OF_SPEECH, type SenseId } from '../model';
import type { EncoderInfo, SenseInventory } from '../ports';
import type { Standardisation } from '../vectors/standardise';
import type { PartOfSpeechModel } from './partOfSpeech';
import { type ArtifactKind, ArtifactError, bytesOf, openArtifact, packArtifact, view } from './artifact';

export const SENSE_INDEX: ArtifactKind = {
  kind: 'sense index',
  version: 2,
  remedy: 'Reinstall Glossight, or build it again with `glossight index build`.',
};

/** What a sense index was made from. It is stored in the index, so that an index for another encoder or WordNet is refused. */
export interface SenseIndexManifest {
  readonly encoder: { readonly id: string; readonly name: string };
  readonly layer: LayerRule;
  readonly dimensions: number;
  /** Were the sense vectors trained with the encoder? Otherwise they are averages over tagged words. */
  readonly trained: boolean;
  readonly wordnet: { readonly edition: string; readonly id: string };
  readonly corpora: readonly CorpusRecord[];
  /** Number of senses with an average, of synsets with a gloss vector, of words that the standardisation was fitted on. */
  readonly averages: number;
  readonly glosses: number;
  readonly words: number;
  readonly licences: readonly string[];
  /** `FittedValues` of these vectors, if they were fitted (`fittedFor` checks them). */
  readonly fitted?: unknown;
}

export interface CorpusRecord {
  readonly name: string;
  readonly sha256: string;
  readonly sentences: number;
  readonly instances: number;
  /** Number of documents that were left out, to evaluate on them. */
  readonly heldOut: number;
}

/**
 * A file of sense vectors: averages, or trained vectors in their place. An average is the mean of the standardised vectors of the
 * words tagged with a sense. A gloss vector is the mean over the pieces of "lemmas: gloss", standardised among the gloss vectors.
 * Both are stored as 8-bit integers with one scale per row.
 */
export interface SenseIndex {
  readonly manifest: SenseIndexManifest;
  /** Identifies the content: SHA-256 of the payload, in hex. */
  readonly id: string;
  readonly standardisation: Standardisation;
  readonly glossStandardisation: Standardisation;
  readonly partOfSpeechModel: PartOfSpeechModel;
  /** Number of tagged uses of the sense in the corpora. */
  uses(sense: SenseId): number;
  average(sense: SenseId): SenseVector | undefined;
  gloss(synset: number): SenseVector | undefined;
}

/** `values[i] * scale` is the vector's i-th value. */
export interface SenseVector {
  readonly values: Int8Array;
  readonly scale: number;
}

/** Rows in ascending order of `ids`; `values` is rows x dimensions. */
interface QuantisedRows {
  readonly ids: Uint32Array;
  readonly scales: Float32Array;
  readonly values: Int8Array;
}

/** What an index is packed from; ids ascend. */
export interface SenseIndexContents {
  readonly manifest: SenseIndexManifest;
  readonly standardisation: Standardisation;
  readonly glossStandardisation: Standardisation;
  readonly partOfSpeechModel: PartOfSpeechModel;
  readonly averages: {
    readonly ids: Uint32Array;
    readonly rows: readonly Float32Array[];
  };
  /** Number of tagged uses of each sense, with a vector or without. */
  readonly uses: { readonly ids: Uint32Array; readonly counts: Uint32Array };
  readonly glosses: { readonly ids: Uint32Array; readonly rows: readonly Float32Array[] };
}

export function packSenseIndex(
  contents: SenseIndexContents,
  sha256: (payload: Uint8Array) => string,
): Uint8Array {
  const { manifest, standardisation, glossStandardisation } = contents;
  const averages = quantiseRows(contents.averages.ids, contents.averages.rows, manifest.dimensions);
  const glosses = quantiseRows(contents.glosses.ids, contents.glosses.rows, manifest.dimensions);
  return packArtifact(
    SENSE_INDEX,
    manifest,
    {
      mean: bytesOf(standardisation.mean),
      deviation: bytesOf(standardisation.deviation),
      glossMean: bytesOf(glossStandardisation.mean),
      glossDeviation: bytesOf(glossStandardisation.deviation),
      partsOfSpeech: bytesOf(contents.partOfSpeechModel.weights),
      senses: bytesOf(averages.ids),
      tagged: bytesOf(contents.uses.ids),
      uses: bytesOf(contents.uses.counts),
      averageScales: bytesOf(averages.scales),
      averages: bytesOf(averages.values),
      synsets: bytesOf(glosses.ids),
      glossScales: bytesOf(glosses.scales),
      glosses: bytesOf(glosses.values),
    },
    sha256,
  );
}

/**
 * @throws ArtifactError when the bytes are damaged, or made for another encoder, layer rule or WordNet
 */
export function openSenseIndex(...args: Parameters<typeof readSenseIndex>): SenseIndex {
  try {
    return readSenseIndex(...args);
  } catch (error) {
    if (error instanceof ArtifactError) throw error;
    // The checksum covers the payload only: a header that is JSON with other fields fails when it is used.
    throw new ArtifactError(SENSE_INDEX, 'its header is damaged');
  }
}

function readSenseIndex(
  bytes: Uint8Array,
  expected: { readonly encoder: EncoderInfo; readonly layer: LayerRule; readonly inventory: SenseInventory },
  sha256?: (payload: Uint8Array) => string,
): SenseIndex {
  const artifact = openArtifact(bytes, SENSE_INDEX, sha256);
  const manifest = artifact.manifest as SenseIndexManifest;
  const { encoder, layer, inventory } = expected;
  const refuse = (problem: string): ArtifactError => new ArtifactError(SENSE_INDEX, problem);
  if (manifest.encoder.id !== encoder.id) {
    throw refuse(
      `its vectors come from the encoder ${manifest.encoder.name} (${manifest.encoder.id}), not from ${encoder.name} (${encoder.id})`,
    );
  }
  if (manifest.layer !== layer) {
    throw refuse(`its vectors follow the layer rule ${manifest.layer}, not ${layer}`);
  }
  if (manifest.wordnet.id !== inventory.id) {
    throw refuse(`it was built over another WordNet inventory (edition ${manifest.wordnet.edition})`);
  }
  const { dimensions } = manifest;
  const averages = readRows(
    artifact.section('senses'),
    artifact.section('averageScales'),
    artifact.section('averages'),
  );
  const glosses = readRows(
    artifact.section('synsets'),
    artifact.section('glossScales'),
    artifact.section('glosses'),
  );
  const tagged = view.uint32(artifact.section('tagged'));
  const uses = view.uint32(artifact.section('uses'));
  const standardisation = {
    mean: view.float32(artifact.section('mean')),
    deviation: view.float32(artifact.section('deviation')),
  };
  const partOfSpeechModel = { weights: view.float32(artifact.section('partsOfSpeech')) };
  const wrongShape =
    partOfSpeechModel.weights.length !== PARTS_OF_SPEECH.length * (dimensions + 1) ||
    dimensions !== encoder.dimensions ||
    standardisation.mean.length !== dimensions ||
    averages.values.length !== averages.ids.length * dimensions ||
    glosses.values.length !== glosses.ids.length * dimensions ||
    uses.length !== tagged.length;
  if (wrongShape) throw refuse(`its sections do not fit ${dimensions} dimensions`);
  const averageRow = rowTable(averages.ids, inventory.senseCount);
  const usesRow = rowTable(tagged, inventory.senseCount);
  const glossRow = rowTable(glosses.ids, inventory.synsetCount);
  const row = (rows: QuantisedRows, index: number): SenseVector | undefined =>
    index < 0
      ? undefined
      : {
          values: rows.values.subarray(index * dimensions, (index + 1) * dimensions),
          scale: rows.scales[index]!,
        };
  // Senses of a project have numbers above those of WordNet, and no row here.
  return {
    manifest,
    id: artifact.sha256,
    standardisation,
    glossStandardisation: {
      mean: view.float32(artifact.section('glossMean')),
      deviation: view.float32(artifact.section('glossDeviation')),
    },
    partOfSpeechModel,
    uses: (sense) => uses[usesRow[sense] ?? -1] ?? 0,
    average: (sense) => row(averages, averageRow[sense] ?? -1),
    gloss: (synset) => row(glosses, glossRow[synset] ?? -1),
  };
}

function readRows(ids: Uint8Array, scales: Uint8Array, values: Uint8Array): QuantisedRows {
  return { ids: view.uint32(ids), scales: view.float32(scales), values: view.int8(values) };
}

/** Row of each id, -1 where there is none. */
function rowTable(ids: Uint32Array, size: number): Int32Array {
  const table = new Int32Array(size).fill(-1);
  ids.forEach((id, index) => (table[id] = index));
  return table;
}

/** The largest value of a row becomes 127. */
function quantiseRows(ids: Uint32Array, rows: readonly Float32Array[], dimensions: number): QuantisedRows {
  const scales = new Float32Array(rows.length);
  const values = new Int8Array(rows.length * dimensions);
  rows.forEach((vector, index) => {
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    scales[index] = largest / 127;
    if (largest > 0)
      vector.forEach((value, i) => (values[index * dimensions + i] = Math.round((value / largest) * 127)));
  });
  return { ids, scales, values };
}
