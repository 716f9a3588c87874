import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileError, sha256 } from '../files';
import type { TokenizerJson } from '../../engine';
import { UserError } from '../../engine';

/** The manifest that `downloadEncoder` writes beside the files it fetched. */
export const DOWNLOAD_MANIFEST = 'glossight-download.json';
export const DOWNLOAD_VERSION = 1;

export interface DownloadManifest {
  readonly format: 'glossight-download';
  readonly version: number;
  /** `owner/model` on the hub. */
  readonly name: string;
  readonly hub: string;
  /** The commit that was downloaded. */
  readonly revision: string;
  /** Licence that the model card names. */
  readonly licence?: string;
  /** Data sets that the model card names as training data. */
  readonly trainingData?: readonly string[];
  /** Path of the ONNX file that was chosen. */
  readonly weights: string;
  /** By path, size and hash from the hub: SHA-256 for large files, git's blob SHA-1 for others. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly hash: string }>>;
}

/** A folder in the layout of the Hugging Face hub, with its small files read and its weights hashed. */
export interface HubFolder {
  readonly name: string;
  /** Name and a hash over weights and tokenizer. */
  readonly id: string;
  /** Path of the ONNX file. */
  readonly weights: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly tokenizer: TokenizerJson;
  readonly tokenizerConfig: Readonly<Record<string, unknown>>;
  /** Licence of the weights, if the model card or the download names it. */
  readonly licence: string | undefined;
  readonly trainingData: readonly string[];
}

/** ONNX files in order of preference if size does not matter: the nearer to float32, the better the vectors. */
const WEIGHTS = ['', '_fp16', '_quantized', '_int8', '_uint8', '_q8', '_q4', '_bnb4', '_q4f16'].flatMap(
  (kind) => [`onnx/model${kind}.onnx`, `model${kind}.onnx`],
);
/** Up to this size in bytes the float32 file is taken, above it 8-bit weights. */
const LARGEST_FLOAT32 = 150_000_000;

/**
 * Chooses among a model's ONNX files: float32 up to 150 MB, else 8-bit weights, else any.
 * @param sizes in bytes, of all files of the model by path
 * @returns the ONNX file, and the files with its external data; `undefined` if the model has none
 */
export function chooseWeights(
  sizes: ReadonlyMap<string, number>,
): { readonly weights: string; readonly data: readonly string[] } | undefined {
  const choices = WEIGHTS.filter((name) => sizes.has(name)).map((weights) => {
    const data = [...sizes.keys()].filter((name) => name.startsWith(`${weights}_data`));
    return { weights, data, bytes: [weights, ...data].reduce((sum, name) => sum + sizes.get(name)!, 0) };
  });
  const [first] = choices;
  if (!first || first.bytes <= LARGEST_FLOAT32) return first;
  return choices.find(({ weights }) => /_(?:quantized|int8|uint8|q8)\.onnx$/.test(weights)) ?? first;
}

/** @throws UserError naming the file that is missing or damaged */
export async function openHubFolder(folder: string): Promise<HubFolder> {
  const config = await readJson<Record<string, unknown>>(folder, 'config.json');
  const tokenizer = await readJson<TokenizerJson>(folder, 'tokenizer.json');
  const tokenizerConfig = (await readIfThere<Record<string, unknown>>(folder, 'tokenizer_config.json')) ?? {};
  const manifest = await readIfThere<DownloadManifest>(folder, DOWNLOAD_MANIFEST);
  if (manifest && manifest.version > DOWNLOAD_VERSION) {
    throw new UserError(
      `The encoder in ${folder} was downloaded by a newer Glossight.`,
      'Update Glossight, or download the encoder again.',
    );
  }
  const sizes = await filesIn(folder);
  const chosen = chooseWeights(sizes);
  if (!chosen) {
    throw new UserError(
      `${folder} has no ONNX weights (onnx/model.onnx, say).`,
      'Export the model to ONNX, or choose one that has been.',
    );
  }
  for (const [name, { bytes }] of Object.entries(manifest?.files ?? {})) {
    if (sizes.get(name) !== bytes) {
      throw new UserError(
        `The encoder file ${path.join(folder, name)} is missing or not as it was downloaded.`,
        'Download the encoder again.',
      );
    }
  }
  const hashes = await Promise.all(
    [chosen.weights, ...chosen.data, 'tokenizer.json'].map((name) => hashFile(path.join(folder, name))),
  );
  const name = manifest?.name ?? path.basename(path.resolve(folder));
  return {
    name,
    id: `${name}@${sha256(Buffer.from(hashes.join('\n'))).slice(0, 16)}`,
    weights: path.join(folder, chosen.weights),
    config,
    tokenizer,
    tokenizerConfig,
    licence: manifest?.licence ?? (await licenceOfCard(folder)),
    trainingData: manifest?.trainingData ?? [],
  };
}

async function filesIn(folder: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const below of ['', 'onnx']) {
    const names = await readdir(path.join(folder, below)).catch((): string[] => []);
    for (const name of names) {
      const { size } = await stat(path.join(folder, below, name));
      sizes.set(below === '' ? name : `${below}/${name}`, size);
    }
  }
  return sizes;
}

/** The `license` of a model card's front matter. */
async function licenceOfCard(folder: string): Promise<string | undefined> {
  const card = await readFile(path.join(folder, 'README.md'), 'utf8').catch(() => '');
  const [, head = ''] = /^---\r?\n(.*?)\r?\n---/s.exec(card) ?? [];
  return /^license:[ \t]*["']?([\w.+-]+)/m.exec(head)?.[1];
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const part of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(part as Buffer);
  } catch (error) {
    throw fileError(error, file, 'read');
  }
  return hash.digest('hex');
}

async function readIfThere<T>(folder: string, name: string): Promise<T | undefined> {
  const there = await stat(path.join(folder, name)).catch(() => undefined);
  return there && readJson<T>(folder, name);
}

async function readJson<T>(folder: string, name: string): Promise<T> {
  const file = path.join(folder, name);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw fileError(error, file, 'read');
  }
  try {
    const value = JSON.parse(text) as T | null;
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // The error is thrown below, as for JSON that is not an object.
  }
  throw new UserError(`The encoder file ${file} is damaged.`, 'Fetch the encoder again.');
}
