import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openInventory } from '../../src/core/senses/inventory';
import type { SenseInventory } from '../../src/core/ports';
import { ENGLISH } from '../../src/languages/english/language';
import type { EncoderProcessSettings } from '../../src/node/process/settings';
import { dataPlaces, loadManifest } from '../../src/node/files/dataFiles';
import { type LoadedEncoder, loadOnnxEncoder } from '../../src/node/encoder/onnxEncoder';

const root = path.resolve(__dirname, '..', '..');

/** The shipped artifacts. */
export const places = dataPlaces(root);

/** The values fitted to them, by kind of sense vectors. */
export const { fitted } = loadManifest(places.manifest);

/** The settings with which an engine for the shipped artifacts is started. */
export const readerSettings: EncoderProcessSettings = {
  manifest: places.manifest,
  encoder: places.encoder,
  wordnet: places.wordnet,
  index: places.index('default'),
  layer: 'mean4',
  recipe: 'default',
  threads: 2,
};

/** Folder of the development data, which CI has and a user's clone has not. */
export const SHARED = path.resolve(root, '..', 'shared', 'data');

let inventory: SenseInventory | undefined;
let encoder: Promise<LoadedEncoder> | undefined;

/** The shipped inventory, opened once for all tests. */
export function wordnet(): SenseInventory {
  inventory ??= openInventory(wordnetBytes(), ENGLISH);
  return inventory;
}

/** A fresh copy of the inventory's file, so that a test may damage it. */
export function wordnetBytes(): Uint8Array {
  return readFileSync(places.wordnet);
}

/** The shipped encoder, loaded once for all tests. */
export function minilm(): Promise<LoadedEncoder> {
  encoder ??= loadOnnxEncoder(places.encoder);
  return encoder;
}

export function encoderVocabulary(): readonly string[] {
  return readFileSync(path.join(places.encoder, 'vocab.txt'), 'utf8').trimEnd().split('\n');
}

/** Reference pieces and PyTorch vectors, made by training/. */
export interface ParityFixture {
  readonly sentences: readonly {
    readonly text: string;
    /** Ids, [CLS] and [SEP] included. */
    readonly pieces: readonly number[];
    readonly offsets: readonly (readonly [start: number, end: number])[];
  }[];
  /** All pieces of all sentences, pieces x 384. */
  readonly vectors: () => Float32Array;
}

export function parityFixture(): ParityFixture {
  const folder = path.join(root, 'test', 'fixtures', 'parity');
  return {
    sentences: JSON.parse(
      readFileSync(path.join(folder, 'sentences.json'), 'utf8'),
    ) as ParityFixture['sentences'],
    vectors() {
      const bytes = readFileSync(path.join(folder, 'vectors-mean4.f16'));
      return Float32Array.from({ length: bytes.length / 2 }, (_, i) => float16(bytes.readUInt16LE(i * 2)));
    },
  };
}

/** IEEE 754 half precision. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
