import { type LayerRule, PARTS_OF_SPEECH, type SenseId } from '../model';
import type { EncoderInfo, SenseInventory } from '../ports';
import type { Standardisation } from '../vectors/standardise';
import type { PartOfSpeechModel } from './partOfSpeech';
import { type JsonObject, readNumber, readObject, readText, readTexts } from '../bundle/jsonReader';
import {
  type Artifact,
  type ArtifactKind,
  ArtifactError,
  bytesOf,
  checkManifest,
  checkOrder,
  manifestSum,
  openArtifact,
  packArtifact,
  view,
} from './artifact';

export const SENSE_INDEX: ArtifactKind = {
  kind: 'sense index',
  version: 3,
  oldest: 2,
  remedy: 'Reinstall Glossight, or build it again with `glossight index build`.',
};

/** Sections in the order of the file; version 2 lacks the first. */
const SECTIONS = [
  'manifestSum',
  'mean',
  'deviation',
  'glossMean',
  'glossDeviation',
  'partsOfSpeech',
  'senses',
  'tagged',
  'uses',
  'averageScales',
  'averages',
  'synsets',
  'glossScales',
  'glosses',
] as const;

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
      manifestSum: manifestSum(manifest),
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
    } satisfies Record<(typeof SECTIONS)[number], Uint8Array>,
    sha256,
  );
}

/**
 * @throws ArtifactError when the bytes are damaged, or made for another encoder, layer rule or WordNet
 */
export function openSenseIndex(
  bytes: Uint8Array,
  expected: { readonly encoder: EncoderInfo; readonly layer: LayerRule; readonly inventory: SenseInventory },
  sha256?: (payload: Uint8Array) => string,
): SenseIndex {
  const artifact = openArtifact(bytes, SENSE_INDEX, sha256);
  const manifest = manifestOf(artifact);
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
  const lengths = {
    mean: dimensions * 4,
    deviation: dimensions * 4,
    glossMean: dimensions * 4,
    glossDeviation: dimensions * 4,
    partsOfSpeech: PARTS_OF_SPEECH.length * (dimensions + 1) * 4,
    senses: manifest.averages * 4,
    averageScales: manifest.averages * 4,
    averages: manifest.averages * dimensions,
    uses: tagged.byteLength,
    synsets: manifest.glosses * 4,
    glossScales: manifest.glosses * 4,
    glosses: manifest.glosses * dimensions,
  };
  const fits = Object.entries(lengths).every(([name, length]) => artifact.section(name).length === length);
  if (!fits || dimensions !== encoder.dimensions)
    throw refuse(`its sections do not fit ${dimensions} dimensions`);
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

/**
 * What a sense index was made from, and that it is of a format that is read; its vectors are not looked at.
 * @throws ArtifactError
 */
export function openIndexManifest(bytes: Uint8Array): {
  readonly id: string;
  readonly manifest: SenseIndexManifest;
} {
  const artifact = openArtifact(bytes, SENSE_INDEX);
  return { id: artifact.sha256, manifest: manifestOf(artifact) };
}

/**
 * The manifest, after everything in the header was checked. In version 2 no sum says that it is the one that was written: there it has
 * to have the fields that it must have and no others, so that none was lost.
 */
function manifestOf(artifact: Artifact): SenseIndexManifest {
  const isSummed = artifact.version > 2;
  checkOrder(artifact, SENSE_INDEX, isSummed ? SECTIONS : SECTIONS.slice(1));
  if (isSummed) checkManifest(artifact, SENSE_INDEX);
  try {
    return readManifest(artifact.manifest);
  } catch (error) {
    throw new ArtifactError(SENSE_INDEX, `in its manifest ${(error as Error).message}`);
  }
}

function readManifest(value: unknown): SenseIndexManifest {
  const { encoder, layer, dimensions, trained, wordnet, corpora, licences, fitted, ...rest } = readObject(
    value,
    'all',
  );
  const { averages, glosses, words, ...unknown } = rest;
  const [first] = Object.keys(unknown);
  if (first !== undefined) throw new Error(`${first} is no field`);
  readTextFields(encoder, 'encoder', ['id', 'name']);
  readText(layer, 'layer');
  readTextFields(wordnet, 'wordnet', ['edition', 'id']);
  readCounts({ dimensions, averages, glosses, words });
  readTexts(licences, 'licences');
  if (typeof trained !== 'boolean') throw new Error('trained must be true or false');
  if (!Array.isArray(corpora)) throw new Error('corpora must be a list');
  for (const corpus of corpora as readonly unknown[]) {
    const { sentences, instances, heldOut } = readTextFields(corpus, 'corpora', ['name', 'sha256']);
    readCounts({ sentences, instances, heldOut });
  }
  // Whoever takes fitted values looks at them (`fittedFor`).
  if (fitted !== undefined) readObject(fitted, 'fitted');
  return value as SenseIndexManifest;
}

function readTextFields(value: unknown, place: string, names: readonly string[]): JsonObject {
  const fields = readObject(value, place);
  for (const name of names) readText(fields[name], `${place}.${name}`);
  return fields;
}

function readCounts(fields: JsonObject): void {
  for (const [name, value] of Object.entries(fields)) readNumber(value, name, 0, Number.MAX_SAFE_INTEGER);
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
