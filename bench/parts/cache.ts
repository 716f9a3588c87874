import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEnglishPack } from '../../src/languages/english/pack';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { type Embedder, type EmbeddingRequest, embedWords } from '../../src/core/vectors/embed';
import type { Encoder, SenseInventory } from '../../src/core/ports';
import { parse } from '../../src/core/pipeline';
import { readProse } from '../../src/core/prose/prose';
import { ENGLISH } from '../../src/languages/english/language';
import { dataPlaces, loadInventory } from '../../src/node/files/dataFiles';
import { loadOnnxEncoder } from '../../src/node/encoder/onnxEncoder';
import { openVectorCache, type VectorCache } from '../../src/node/cache/vectorCache';
import { count, median, RATE_HEADER, rateCells, sideBySide, timed } from '../support/measure';
import { type Report, root } from '../support/report';
import { mobyDick, type NamedText, sampleText, warAndPeace } from '../support/texts';

const LAYER = 'mean4';
const OPENINGS = 7;
const CHARACTERS = 15_000;
const REPETITIONS = 3;
/** A limit that the longest novel here does not reach. */
const MAX_BYTES = 1e9;
/** Number of paragraphs that are embedded together. */
const BATCH = 40;

const silent = {
  trace: (): void => undefined,
  info: (): void => undefined,
  warn: console.error,
  error: console.error,
};

/** The vector cache: time to open it at a novel's size and to read all of it, and the time that it saves. */
export async function cachePart(): Promise<Report[]> {
  const places = dataPlaces(root);
  const inventory = await loadInventory(places.wordnet, ENGLISH);
  const { encoder, vocabulary } = await loadOnnxEncoder(places.encoder);
  const wordPieces = createWordPieceTokenizer(vocabulary);
  const novels: string[][] = [];
  for (const novel of [mobyDick(), warAndPeace()]) {
    console.error(`cache of ${novel.name}`);
    const requests = requestsOf(novel, inventory);
    novels.push(await withFolder((folder) => wholeNovel(novel, requests, { encoder, wordPieces }, folder)));
  }
  const sample = sampleText(CHARACTERS);
  const requests = requestsOf(sample, inventory);
  const rates = await withFolder((folder) => hitAndEncode(requests, { encoder, wordPieces }, folder));
  await encoder.dispose();
  return [
    {
      name: 'cache',
      basis: 'none',
      document: 'encoder.md',
      header: ['', 'windows', 'vectors', 'MB', 'ms to open', 'least–most', 's to read all'],
      rows: novels,
      note:
        `Polysemous words. Opened ${OPENINGS} times, files in the system's cache; read once, word pieces and ` +
        'windows made anew. What the files hold came from no encoder, as speed does not depend on it.',
    },
    {
      name: 'cache-rate',
      document: 'encoder.md',
      header: ['Vectors', ...RATE_HEADER],
      rows: rates,
      note: `Text: ${sample.name}, polysemous words; ${REPETITIONS} repetitions in turn.`,
    },
  ];
}

async function wholeNovel(
  { name }: NamedText,
  requests: readonly EmbeddingRequest[],
  { encoder, wordPieces }: Embedder,
  folder: string,
): Promise<string[]> {
  const open = (): Promise<VectorCache> => openVectorCache({ folder, maxBytes: MAX_BYTES }, silent);
  const instant = instantEncoder(encoder);
  const writing = await open();
  await embedAll(requests, { encoder: instant, wordPieces, cache: writing });
  await writing.close();
  const encoded = instant.windows;
  const milliseconds: number[] = [];
  for (let opening = 0; opening <= OPENINGS; opening++) {
    let cache: VectorCache;
    const { seconds } = await timed(async () => (cache = await open()));
    await cache!.close();
    // The first opening only warms up.
    if (opening > 0) milliseconds.push(seconds * 1000);
  }
  const reading = await open();
  const { seconds } = await timed(() => embedAll(requests, { encoder: instant, wordPieces, cache: reading }));
  await reading.close();
  if (instant.windows > encoded) throw new Error('The warm cache lacked a window.');
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
  return [
    name,
    count(encoded),
    count(requests.reduce((sum, { words }) => sum + words.length, 0)),
    count(bytes / 1e6),
    median(milliseconds).toFixed(1),
    `${Math.min(...milliseconds).toFixed(1)}–${Math.max(...milliseconds).toFixed(1)}`,
    count(seconds),
  ];
}

async function hitAndEncode(
  requests: readonly EmbeddingRequest[],
  embedder: Embedder,
  folder: string,
): Promise<string[][]> {
  const cache = await openVectorCache({ folder, maxBytes: MAX_BYTES }, silent);
  const samples = await sideBySide(REPETITIONS, {
    encoded: () => embedAll(requests, embedder),
    'from the cache': () => embedAll(requests, { ...embedder, cache }),
  });
  await cache.close();
  const vectors = requests.reduce((sum, { words }) => sum + words.length, 0);
  return Object.entries(samples).map(([how, times]) => [how, ...rateCells(vectors, times)]);
}

async function embedAll(requests: readonly EmbeddingRequest[], embedder: Embedder): Promise<void> {
  for (let start = 0; start < requests.length; start += BATCH) {
    await embedWords(requests.slice(start, start + BATCH), LAYER, embedder);
  }
}

/** The requests that reading a text makes to the encoder. */
function requestsOf({ text }: NamedText, inventory: SenseInventory): EmbeddingRequest[] {
  const pack = { ...createEnglishPack(), owns: () => true };
  const deps = { pack, inventory, rules: 'reader' } as const;
  return readProse(text, 'plain').map((paragraph) => {
    const { sentences, words } = parse(paragraph, [deps]);
    return { text: paragraph.text, sentences, words };
  });
}

/** An encoder that returns arbitrary numbers at once, and counts its windows. */
function instantEncoder(real: Encoder): Encoder & { readonly windows: number } {
  const { info } = real;
  const numbers = Float32Array.from({ length: info.maxPieces * info.dimensions }, () => Math.random() - 0.5);
  let windows = 0;
  return {
    ...real,
    encode(requested) {
      windows += requested.length;
      return Promise.resolve(requested.map(({ length }) => numbers.subarray(0, length * info.dimensions)));
    },
    get windows() {
      return windows;
    },
  };
}

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'glossight-cache-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
