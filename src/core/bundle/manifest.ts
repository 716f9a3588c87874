import { ArtifactError } from '../senses/artifact';
import { SENSE_INDEX, type SenseIndexManifest } from '../senses/senseIndex';
import { RECIPE_NAMES, type RecipeName } from '../senses/recipes';
import { type FittedValues, readFitted } from './fitted';
import {
  type JsonObject,
  readChoice,
  readNumber,
  readObject,
  readSha256,
  readText,
  readTexts,
} from './jsonReader';

/** One model as it ships: its parts, by hash, and the values fitted to them. Files are named relative to the manifest. */
export interface ModelManifest {
  /** Names parts and values: the language and the first twelve hex digits of their SHA-256 (`modelId`). */
  readonly id: string;
  /** Language of the texts that the model reads: a BCP 47 tag, such as `en`. */
  readonly language: string;
  readonly encoder: {
    readonly folder: string;
    /** The `id` that the encoder has once it is opened (`EncoderInfo`). */
    readonly id: string;
    /** SHA-256 of `encoder.json`, which holds the hashes of the encoder's other files. */
    readonly sha256: string;
  };
  readonly wordnet: ManifestFile & { readonly edition: string };
  /** Tagged text: sense vectors for other encoders are built from it, and examples of senses are shown. */
  readonly corpus: ManifestFile;
  readonly indexes: Readonly<Record<RecipeName, ManifestFile>>;
  readonly licences: readonly string[];
  readonly fitted: Readonly<Record<FittedKind, FittedValues>>;
}

export interface ManifestFile {
  readonly file: string;
  readonly bytes: number;
  /** SHA-256 of an artifact's payload, as its header has it; of any other file the SHA-256 of the file. */
  readonly sha256: string;
}

/**
 * What values are fitted to: the sense vectors that ship for each recipe, or averages made with another encoder, as readers
 * build them (`averages`).
 */
export const FITTED_KINDS = ['default', 'textbook', 'averages'] as const;
export type FittedKind = (typeof FITTED_KINDS)[number];

const FORMAT = 'glossight-model';
const VERSION = 1;
const KIND = {
  kind: 'model manifest',
  version: VERSION,
  remedy: 'Reinstall Glossight; whoever changed the model writes it with `npm run fit -- --write`.',
};

/**
 * @param sha256 digest of a text in hex; the core has no cryptography of its own
 * @throws ArtifactError that names the field that is missing or wrong
 */
export function parseManifest(text: string, sha256: (text: string) => string): ModelManifest {
  const refuse = (problem: string): ArtifactError => new ArtifactError(KIND, problem);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse('it is no JSON');
  }
  let manifest: ModelManifest;
  try {
    const fields = readObject(json, 'it');
    readChoice(fields['format'], 'format', [FORMAT]);
    const version = readNumber(fields['version'], 'version', 1, Infinity);
    if (version !== VERSION)
      throw new Error(`its format is version ${version}, and this Glossight reads version ${VERSION}`);
    manifest = readManifest(fields);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const id = modelId(manifest, sha256);
  if (manifest.id !== id) throw refuse(`its id is ${manifest.id}, and its parts and values give ${id}`);
  return manifest;
}

function readManifest(fields: JsonObject): ModelManifest {
  const encoder = readObject(fields['encoder'], 'encoder');
  const indexes = readObject(fields['indexes'], 'indexes');
  const fitted = readObject(fields['fitted'], 'fitted');
  const record = <Name extends string, T>(names: readonly Name[], read: (name: Name) => T): Record<Name, T> =>
    Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, T>;
  return {
    id: readText(fields['id'], 'id'),
    language: readText(fields['language'], 'language'),
    encoder: {
      folder: readText(encoder['folder'], 'encoder.folder'),
      id: readText(encoder['id'], 'encoder.id'),
      sha256: readSha256(encoder['sha256'], 'encoder.sha256'),
    },
    wordnet: {
      ...readFile(fields['wordnet'], 'wordnet'),
      edition: readText(readObject(fields['wordnet'], 'wordnet')['edition'], 'wordnet.edition'),
    },
    corpus: readFile(fields['corpus'], 'corpus'),
    indexes: record(RECIPE_NAMES, (name) => readFile(indexes[name], `indexes.${name}`)),
    licences: readTexts(fields['licences'], 'licences'),
    fitted: record(FITTED_KINDS, (kind) => readFitted(fitted[kind], `fitted.${kind}`)),
  };
}

function readFile(value: unknown, place: string): ManifestFile {
  const fields = readObject(value, place);
  return {
    file: readText(fields['file'], `${place}.file`),
    bytes: readNumber(fields['bytes'], `${place}.bytes`, 1, Number.MAX_SAFE_INTEGER),
    sha256: readSha256(fields['sha256'], `${place}.sha256`),
  };
}

/**
 * The id of a model: its language, and the first twelve hex digits of the SHA-256 of its parts and fitted values as JSON with
 * sorted keys. Licences are left out, as their wording changes no reading.
 */
export function modelId(
  { language, encoder, wordnet, corpus, indexes, fitted }: Omit<ModelManifest, 'id'>,
  sha256: (text: string) => string,
): string {
  const digest = sha256(JSON.stringify(sorted({ language, encoder, wordnet, corpus, indexes, fitted })));
  return `${language}-${digest.slice(0, 12)}`;
}

/** The text of a manifest's file. */
export function manifestText(model: Omit<ModelManifest, 'id'>, sha256: (text: string) => string): string {
  const { language, encoder, wordnet, corpus, indexes, licences, fitted } = model;
  const json = {
    format: FORMAT,
    version: VERSION,
    id: modelId(model, sha256),
    ...{ language, encoder, wordnet, corpus, indexes, licences, fitted },
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, own]) => [key, sorted(own)]));
}

/**
 * The fitted values to read with, for the sense vectors of an index. An index may carry values of its own. Otherwise trained
 * vectors are read with the values of the trained vectors that ship, and averages with those for averages.
 * @throws ArtifactError when the values that an index carries are incomplete or wrong
 */
export function fittedFor(
  { fitted }: Pick<ModelManifest, 'fitted'>,
  recipe: RecipeName,
  index: Pick<SenseIndexManifest, 'trained' | 'fitted'>,
): FittedValues {
  if (recipe === 'textbook') return fitted.textbook;
  if (index.fitted === undefined) return index.trained ? fitted.default : fitted.averages;
  try {
    return readFitted(index.fitted, 'fitted');
  } catch (error) {
    throw new ArtifactError(SENSE_INDEX, (error as Error).message);
  }
}
