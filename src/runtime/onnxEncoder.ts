import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InferenceSession } from 'onnxruntime-node';
import { CancelledError, type Encoder, type EncoderInfo, type LayerRule } from '../core';
import { UserError } from './userError';

/** Windows encoded in one call: more costs memory and, padded, time (measured: docs/encoder.md). */
const BATCH = 8;

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

export interface LoadedEncoder {
  readonly encoder: Encoder;
  /** The pieces of `vocab.txt`; a piece's id is its line. */
  readonly vocabulary: readonly string[];
  /** Of the weights. */
  readonly licence: string;
}

/**
 * Loads an encoder folder (`encoder.json`, `encoder.onnx`, `vocab.txt`) into this process.
 * `session.run` blocks its thread, which is why readers run this in the encoder process.
 * @throws UserError when the folder is not a whole encoder
 */
export async function loadOnnxEncoder(folder: string): Promise<LoadedEncoder> {
  const manifest = await readManifest(folder);
  const [weights, vocabulary] = await Promise.all([
    readChecked(folder, 'encoder.onnx', manifest),
    readChecked(folder, 'vocab.txt', manifest),
  ]);
  const ort = await import('onnxruntime-node');
  let session: InferenceSession;
  try {
    session = await ort.InferenceSession.create(weights, {
      executionProviders: ['cpu'],
      // One thread, never spinning: a reader's laptop stays quiet, and two encoders share two cores fairly.
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    throw new UserError(
      `The encoder in ${folder} cannot be loaded: ${(error as Error).message}`,
      'Reinstall Glossight, or export the encoder again (training/README.md).',
    );
  }
  const { dimensions } = manifest;
  const info: EncoderInfo = {
    id: `${manifest.name}@${manifest.files['encoder.onnx']!.sha256.slice(0, 16)}`,
    name: manifest.name,
    dimensions,
    maxPieces: manifest.maxPieces,
  };

  /** One call of the network: pads to the longest window; masked pieces do not touch the others. */
  async function run(batch: readonly Int32Array[], output: string): Promise<Float32Array[]> {
    const length = Math.max(...batch.map((window) => window.length));
    const ids = new BigInt64Array(batch.length * length);
    const mask = new BigInt64Array(batch.length * length);
    batch.forEach((window, row) =>
      window.forEach((id, i) => {
        ids[row * length + i] = BigInt(id);
        mask[row * length + i] = 1n;
      }),
    );
    const shape = [batch.length, length];
    const feeds = {
      input_ids: new ort.Tensor('int64', ids, shape),
      attention_mask: new ort.Tensor('int64', mask, shape),
    };
    const result = await session.run(feeds, [output]);
    // The only value: this version may give it under another output's name (microsoft/onnxruntime #26865).
    const data = Object.values(result)[0]!.data as Float32Array;
    return batch.map((window, row) => {
      const start = row * length * dimensions;
      return data.slice(start, start + window.length * dimensions);
    });
  }

  const encoder: Encoder = {
    info,
    async encode(windows, layer, token) {
      const results = new Array<Float32Array>(windows.length);
      // Windows of like length share a batch, so that little of it is padding.
      const byLength = windows.map((_, i) => i).sort((a, b) => windows[a]!.length - windows[b]!.length);
      for (let start = 0; start < byLength.length; start += BATCH) {
        if (token?.isCancellationRequested) throw new CancelledError();
        const batch = byLength.slice(start, start + BATCH);
        const outputs = await run(
          batch.map((i) => windows[i]!),
          manifest.outputs[layer],
        );
        batch.forEach((i, row) => (results[i] = outputs[row]!));
        // A call blocks and answers on the same turn: without this, no cancel message would ever be heard.
        await nextTurn();
      }
      return results;
    },
    dispose: () => session.release(),
  };
  return {
    encoder,
    vocabulary: vocabulary
      .toString('utf8')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/),
    licence: manifest.licence,
  };
}

async function readManifest(folder: string): Promise<EncoderManifest> {
  const file = path.join(folder, 'encoder.json');
  const refuse = (problem: string): UserError =>
    new UserError(
      `There is no usable encoder in ${folder}: ${problem}.`,
      'Name a folder that holds encoder.json, encoder.onnx and vocab.txt, or reinstall Glossight.',
    );
  let manifest: Partial<EncoderManifest>;
  try {
    manifest = JSON.parse(await readFile(file, 'utf8')) as Partial<EncoderManifest>;
  } catch (error) {
    throw refuse(error instanceof SyntaxError ? 'encoder.json is damaged' : 'encoder.json is missing');
  }
  if (manifest.format !== 'glossight-encoder' || manifest.version !== 1) {
    throw refuse('encoder.json is of another format or version');
  }
  return manifest as EncoderManifest;
}

async function readChecked(folder: string, name: string, manifest: EncoderManifest): Promise<Buffer> {
  const refuse = (problem: string): UserError =>
    new UserError(
      `The encoder file ${path.join(folder, name)} ${problem}.`,
      'Reinstall Glossight, or export the encoder again (training/README.md).',
    );
  const expected = manifest.files[name];
  let bytes: Buffer;
  try {
    bytes = await readFile(path.join(folder, name));
  } catch {
    throw refuse('is missing or cannot be read');
  }
  if (bytes.length !== expected?.bytes) throw refuse(`is cut short or not the one encoder.json describes`);
  if (createHash('sha256').update(bytes).digest('hex') !== expected.sha256) throw refuse('is damaged');
  return bytes;
}
