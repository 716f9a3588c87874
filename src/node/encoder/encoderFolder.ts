import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type EncoderInfo, LAYER_RULES, type LayerRule } from '../../core';
import { UserError } from '../../engine';

/** `encoder.json`, written by training/ beside the weights. */
interface EncoderManifest {
  readonly format: string;
  readonly version: number;
  readonly name: string;
  readonly dimensions: number;
  readonly maxPieces: number;
  readonly outputs: Readonly<Record<LayerRule, string>>;
  readonly licence: string;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** An encoder folder whose files are all present and undamaged. */
export interface EncoderFolder {
  readonly info: EncoderInfo;
  /** Path of the ONNX file. */
  readonly weights: string;
  /** Name of the network's output for each layer rule. */
  readonly outputs: Readonly<Record<LayerRule, string>>;
  /** The pieces of `vocab.txt`; a piece's id is its line. */
  readonly vocabulary: readonly string[];
  /** Licence of the weights. */
  readonly licence: string;
}

/**
 * Checks an encoder folder (`encoder.json`, `encoder.onnx`, `vocab.txt`) without loading its weights.
 * @throws UserError when a file is missing or damaged
 */
export async function openEncoderFolder(folder: string): Promise<EncoderFolder> {
  const { manifest, sha256 } = await readManifest(folder);
  await Promise.all(['encoder.onnx', 'vocab.txt'].map((name) => check(folder, name, manifest)));
  const vocabulary = await readFile(path.join(folder, 'vocab.txt'), 'utf8');
  return {
    info: {
      id: `${manifest.name}@${sha256.slice(0, 16)}`,
      name: manifest.name,
      dimensions: manifest.dimensions,
      maxPieces: manifest.maxPieces,
      layers: LAYER_RULES.filter((rule) => rule in manifest.outputs),
    },
    weights: path.join(folder, 'encoder.onnx'),
    outputs: manifest.outputs,
    vocabulary: vocabulary.replace(/\r?\n$/, '').split(/\r?\n/),
    licence: manifest.licence,
  };
}

/** The error for an ONNX file that onnxruntime refuses, with what the user can do. */
export function loadingError(weights: string, reason: string): UserError {
  return new UserError(`The encoder ${weights} cannot be loaded: ${reason}.`, REMEDY);
}

const REMEDY = 'Reinstall Glossight, or export the encoder again (training/README.md).';

/**
 * Everything that decides on vectors is in `encoder.json`, be it by the checksum of a file, so its own checksum is what names an encoder
 * of version 2. One of version 1 goes by its weights alone; that of the model that ships has its checksum in the model's manifest.
 */
async function readManifest(
  folder: string,
): Promise<{ readonly manifest: EncoderManifest; readonly sha256: string }> {
  const file = path.join(folder, 'encoder.json');
  const refuse = (problem: string): UserError =>
    new UserError(
      `There is no usable encoder in ${folder}: ${problem}.`,
      'Name a folder that holds encoder.json, encoder.onnx and vocab.txt, or reinstall Glossight.',
    );
  let bytes: Buffer;
  let manifest: Partial<EncoderManifest> | null;
  try {
    bytes = await readFile(file);
    manifest = JSON.parse(bytes.toString('utf8')) as typeof manifest;
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? 'encoder.json is damaged' : 'encoder.json is missing');
  }
  if (manifest?.format !== 'glossight-encoder' || (manifest.version !== 1 && manifest.version !== 2)) {
    throw refuse('encoder.json is of another format or version');
  }
  if (!isWhole(manifest)) throw refuse('encoder.json is damaged');
  return {
    manifest,
    sha256:
      manifest.version === 1
        ? manifest.files['encoder.onnx']!.sha256
        : createHash('sha256').update(bytes).digest('hex'),
  };
}

function isWhole(manifest: Partial<EncoderManifest>): manifest is EncoderManifest {
  const { name, dimensions, maxPieces, outputs, licence, files } = manifest;
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;
  return (
    isText(name) &&
    isCount(dimensions) &&
    isCount(maxPieces) &&
    isText(licence) &&
    Object.values(outputs ?? {}).length > 0 &&
    Object.values(outputs ?? {}).every(isText) &&
    ['encoder.onnx', 'vocab.txt'].every((file) => isText(files?.[file]?.sha256))
  );
}

/** Compares a file's size and SHA-256 with the manifest. The file is read in pieces, to keep the peak memory low. */
async function check(folder: string, name: string, manifest: EncoderManifest): Promise<void> {
  const file = path.join(folder, name);
  const refuse = (problem: string): UserError =>
    new UserError(`The encoder file ${file} ${problem}.`, REMEDY);
  const expected = manifest.files[name];
  const hash = createHash('sha256');
  try {
    if ((await stat(file)).size !== expected?.bytes)
      throw refuse('is cut short or not the one encoder.json describes');
    for await (const part of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(part as Buffer);
  } catch (error) {
    throw error instanceof UserError ? error : refuse('is missing or cannot be read');
  }
  if (hash.digest('hex') !== expected.sha256) throw refuse('is damaged');
}
