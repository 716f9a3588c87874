import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import vm from 'node:vm';
import { build } from 'esbuild';
import type * as Core from '../../src/core';
import type * as EngineRoom from '../../src/engine';
import type * as Languages from '../../src/languages';
import { encoderVocabulary, fitted, wordnetBytes } from '../support/artifacts';
import { root } from '../support/cli';
import { createFakeEncoder } from '../support/fakeEncoder';
import { casedWordPiece } from '../support/tinyTokenizers';

/** The exports of the bundle: everything in the folders that depend on no host. */
interface Bundle {
  readonly core: typeof Core;
  readonly engine: typeof EngineRoom;
  readonly languages: typeof Languages;
}

/** The parts of the web platform that the bundle may use, beside JavaScript's own globals. */
const PLATFORM = { AbortController, atob, TextDecoder, TextEncoder };

const TEXT = 'The bank lends money to the farmers.';
const LENDER = 'bank%1:14:00::';
const SLOPE = 'bank%1:17:01::';

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        export * as core from './src/core';
        export * as engine from './src/engine';
        export * as languages from './src/languages';`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'glossight',
    target: 'es2023',
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

describe('core, engine and English, bundled for a browser', () => {
  const encoder = createFakeEncoder();
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  let loaded: Bundle;

  before(async () => {
    const context = vm.createContext({ ...PLATFORM });
    vm.runInContext(await bundle(), context);
    loaded = vm.runInContext('glossight', context) as Bundle;
  });

  it('read a paragraph', async () => {
    const { core, engine: room, languages } = loaded;
    const pack = await languages.createEnglish();
    const inventory = core.openInventory(wordnetBytes(), pack);
    const wordPieces = core.createWordPieceTokenizer(encoderVocabulary());
    const word = { start: 4, end: 8 };
    const requests = [{ text: TEXT, sentences: [{ start: 0, end: TEXT.length }], words: [word] }];
    const [[vector]] = (await core.embedWords(requests, 'mean4', { encoder, wordPieces })) as [
      [Float32Array],
    ];
    // Of the candidates, the lender lies where the word does, and the slope on the other side.
    const averages = [LENDER, SLOPE]
      .map((key, i) => ({ id: inventory.find(key)!, row: vector.map((value) => (i ? -value : value)) }))
      .sort((a, b) => a.id - b.id);
    const { dimensions } = encoder.info;
    const flat = {
      mean: new Float32Array(dimensions),
      deviation: Float32Array.from({ length: dimensions }, (_, i) => (i < dimensions - 1 ? 1 : 0)),
    };
    const ids = Uint32Array.from(averages, ({ id }) => id);
    const file = core.packSenseIndex(
      {
        manifest: {
          encoder: { id: encoder.info.id, name: encoder.info.name },
          layer: 'mean4',
          dimensions,
          trained: false,
          wordnet: { edition: inventory.edition, id: inventory.id },
          corpora: [],
          averages: 2,
          glosses: 0,
          words: 2,
          licences: [],
        },
        standardisation: flat,
        glossStandardisation: flat,
        partOfSpeechModel: { weights: new Float32Array(4 * (dimensions + 1)) },
        averages: { ids, rows: averages.map(({ row }) => row) },
        uses: { ids, counts: Uint32Array.of(1, 1) },
        glosses: { ids: new Uint32Array(), rows: [] },
      },
      sha256,
    );
    const index = core.openSenseIndex(file, { encoder: encoder.info, layer: 'mean4', inventory }, sha256);
    const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const engine = room.createEngine({
      model: {
        language: 'en',
        encoder,
        wordPieces,
        inventory,
        index,
        layer: 'mean4',
        fitted: core.fittedFor({ fitted }, 'default', index.manifest),
        licences: [],
      },
      pack,
      cache: undefined,
      corpus: undefined,
      drawGraph: (vectors, signal) => room.drawNeighbourGraph(vectors, nextTurn, signal),
      nextTurn,
      dispose: () => encoder.dispose(),
    });

    const readings: Core.Reading[] = [];
    await engine.read({ text: TEXT, format: 'plain' }, (batch) => readings.push(...batch.readings));
    assert.equal(readings.length, 1);
    const { annotations } = readings[0]!;
    assert.deepEqual(
      // Copied into an array of this realm, since the bundle runs in another.
      Array.from(annotations, ({ text, start, end }) => [text, start, end]),
      [
        ['bank', 4, 8],
        ['lends', 9, 14],
        ['money', 15, 20],
        ['farmers', 28, 35],
      ],
    );
    const [bank] = annotations;
    assert.equal(inventory.key(bank!.sense), LENDER);
    assert.ok(bank!.cosine! > 0.99);
    await engine.dispose();
  });

  it('draw a neighbour graph, and read the tokenizers of other encoders', async () => {
    const { core, engine: room } = loaded;
    const random = core.seededRandom(1);
    const vectors = Array.from({ length: 8 }, () => Float32Array.from({ length: 4 }, random));
    const points = await room.drawNeighbourGraph(vectors, () => Promise.resolve());
    assert.equal(points.length, 8);
    assert.ok(points.every(({ x, y }) => Number.isFinite(x + y)));
    const tokenizer = await room.createHubTokenizer(casedWordPiece, {});
    const { starts, ends } = tokenizer.split('The banks');
    assert.deepEqual(
      Array.from(starts, (start, i) => [start, ends[i]]),
      [
        [0, 3],
        [4, 8],
        [8, 9],
      ],
    );
  });
});
