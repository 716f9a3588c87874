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
  /** Of the texts it reads, as BCP 47 has it: `en`. */
  readonly language: string;
  readonly encoder: {
    readonly folder: string;
    /** As the opened encoder says. */
    readonly id: string;
    /** Of `encoder.json`, which has those of the other files. */
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
  /** Of an artifact its payload's, as its header has it; else the file's. */
  readonly sha256: string;
}

/**
 * What the values were fitted to: the vectors that ship with each recipe, or averages as any encoder has them, for sense vectors
 * that a reader builds.
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
 * The id of a model: its language, and of the SHA-256 of its parts and fitted values, as JSON with sorted keys, twelve digits.
 * Licences are left out: their wording changes no reading.
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
 * The values that go with sense vectors. Those that a reader built may have values of their own; else they are read with those for
 * averages, unless they were trained as ours are.
 * @throws ArtifactError when an index has values of its own that are not whole
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
