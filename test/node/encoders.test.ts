import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CancelledError, type Encoder } from '../../src/core/ports';
import { cosine } from '../../src/core/vectors/math';
import { createThreadedEncoder } from '../../src/node/encoder/threadedEncoder';
import { type LoadedEncoder, loadOnnxEncoder } from '../../src/node/encoder/onnxEncoder';
import { encoderVocabulary, minilm, parityFixture, places } from '../support/artifacts';
import { root } from '../support/cli';
import { temporaryFolder } from '../support/temporary';

const ENTRY = path.join(root, 'dist', 'encoder-thread.js');
const windows = parityFixture().sentences.map(({ pieces }) => Int32Array.from(pieces));
/** Enough work that something can happen beside it. */
const many = Array.from({ length: 4 }, () => windows).flat();

const threaded = (folder: string, entry = ENTRY, threads = 2): Promise<LoadedEncoder> =>
  createThreadedEncoder(folder, { threads, entry });

/** Counts this process's turns until a promise settles. */
async function turnsUntil(promise: Promise<unknown>): Promise<number> {
  const state = { settled: false };
  void promise.finally(() => (state.settled = true));
  for (let turns = 0; ; turns++) {
    if (state.settled) return turns;
    await nextTurn();
  }
}

const kinds: Readonly<Record<string, (folder: string) => Promise<LoadedEncoder>>> = {
  'in this thread': loadOnnxEncoder,
  'in a thread of its own': (folder) => threaded(folder),
};

for (const [kind, open] of Object.entries(kinds)) {
  describe(`an encoder ${kind}`, () => {
    const inFolder = temporaryFolder();
    let loaded: LoadedEncoder;
    let encoder: Encoder;
    before(async () => {
      loaded = await open(places.encoder);
      ({ encoder } = loaded);
    });
    after(() => encoder.dispose());

    it('gives a matrix for each window, in order', async () => {
      const { dimensions } = encoder.info;
      const reference = parityFixture().vectors();
      const matrices = await encoder.encode(windows, 'mean4');
      assert.equal(matrices.length, windows.length);
      let row = 0;
      for (const [i, matrix] of matrices.entries()) {
        const { length } = windows[i]!;
        assert.equal(matrix.length, length * dimensions);
        for (let piece = 0; piece < length; piece++, row++) {
          const [a, b] = [matrix.subarray(piece * dimensions), reference.subarray(row * dimensions)];
          assert.ok(cosine(a.subarray(0, dimensions), b.subarray(0, dimensions)) > 0.99);
        }
      }
    });

    it('serves several callers and layer rules at once', async () => {
      const layers = ['mean4', 'static'] as const;
      const together = await Promise.all(layers.map((layer) => encoder.encode(windows, layer)));
      for (const [i, layer] of layers.entries()) {
        assert.deepEqual(together[i], await encoder.encode(windows, layer));
      }
      assert.notDeepEqual(together[0], together[1]);
    });

    it('has nothing to do for no windows', async () => {
      assert.deepEqual(await encoder.encode([], 'mean4'), []);
    });

    it('knows its vocabulary, limits and licence', () => {
      assert.deepEqual(loaded.vocabulary, encoderVocabulary());
      assert.equal(encoder.info.maxPieces, 128);
      assert.equal(loaded.licence, 'Apache-2.0');
    });

    it('can be cancelled before and while it encodes, and goes on after that', async () => {
      await assert.rejects(encoder.encode(many, 'mean4', AbortSignal.abort()), CancelledError);
      const stop = new AbortController();
      const cancelled = encoder.encode(many, 'mean4', stop.signal);
      const next = encoder.encode(windows.slice(0, 2), 'mean4');
      stop.abort();
      await assert.rejects(cancelled, CancelledError);
      assert.equal((await next).length, 2);
    });

    it('refuses a folder that is not a whole encoder, by name', async () => {
      const encode = async (folder: string): Promise<void> => {
        const other = await open(folder);
        await other.encoder.encode(windows.slice(0, 1), 'mean4').finally(() => other.encoder.dispose());
      };
      const refused = (folder: string, message: RegExp): Promise<void> =>
        assert.rejects(encode(folder), { name: 'UserError', message });
      await refused('nowhere', /no usable encoder in nowhere: encoder\.json is missing/);
      const folder = inFolder('encoder');
      mkdirSync(folder, { recursive: true });
      for (const name of ['encoder.json', 'vocab.txt'])
        copyFileSync(path.join(places.encoder, name), path.join(folder, name));
      await refused(folder, /encoder\.onnx is missing/);
      const weights = Buffer.from('no network');
      writeFileSync(path.join(folder, 'encoder.onnx'), weights);
      await refused(folder, /encoder\.onnx is cut short/);
      // A folder that is as its manifest says, and still no network.
      const manifest = JSON.parse(readFileSync(path.join(folder, 'encoder.json'), 'utf8')) as {
        files: Record<string, unknown>;
      };
      const digest = createHash('sha256').update(weights).digest('hex');
      manifest.files['encoder.onnx'] = { bytes: weights.length, sha256: digest };
      writeFileSync(path.join(folder, 'encoder.json'), JSON.stringify(manifest));
      await refused(folder, /encoder\.onnx cannot be loaded: .*Reinstall/s);
    });
  });
}

describe('the threaded encoder', () => {
  const inFolder = temporaryFolder();
  const opened: Encoder[] = [];
  const open = async (entry = ENTRY, threads = 2): Promise<Encoder> => {
    const { encoder } = await threaded(places.encoder, entry, threads);
    opened.push(encoder);
    return encoder;
  };
  afterEach(() => Promise.all(opened.splice(0).map((encoder) => encoder.dispose())));

  /** The real thread, that ends by an exception at a window of one piece. */
  function fragile(): string {
    const entry = inFolder('fragile.cjs');
    writeFileSync(
      entry,
      `require('node:worker_threads').parentPort.on('message', ({ type, windows }) => {
         if (type === 'run' && windows[0].length === 1) throw new Error('one piece');
       });
       require(${JSON.stringify(ENTRY)});`,
    );
    return entry;
  }

  it('gives the vectors of the encoder in this thread', async () => {
    const here = (await minilm()).encoder;
    assert.deepEqual(await (await open()).encode(windows, 'mean4'), await here.encode(windows, 'mean4'));
  });

  it('leaves this thread free while it encodes', async () => {
    const encoder = await open();
    await encoder.encode(windows.slice(0, 1), 'mean4');
    // If calls blocked this thread, there would be at most one turn per call.
    assert.ok((await turnsUntil(encoder.encode(windows, 'mean4'))) > 2 * windows.length);
  });

  it('lets an urgent caller go first', async () => {
    // One thread: two may finish like calls in either order.
    const encoder = await open(ENTRY, 1);
    const order: string[] = [];
    const call = async (name: string, some: readonly Int32Array[], urgent: boolean): Promise<void> => {
      await encoder.encode(some, 'mean4', undefined, urgent);
      order.push(name);
    };
    await Promise.all([
      call('background', many, false),
      call('more background', windows, false),
      call('urgent', windows.slice(0, 4), true),
      call('urgent too', windows.slice(0, 4), true),
    ]);
    assert.deepEqual(order, ['urgent', 'urgent too', 'background', 'more background']);
  });

  it('fails only the request that a stopped thread was encoding, and starts the thread again', async () => {
    const encoder = await open(fragile(), 1);
    const bad = encoder.encode([Int32Array.of(101)], 'mean4');
    const good = encoder.encode(windows.slice(0, 3), 'mean4');
    await assert.rejects(bad, /thread of the encoder stopped \(one piece\)/);
    assert.equal((await good).length, 3);
  });

  it('fails, instead of hanging or trying for ever, when no thread can be started', async () => {
    const broken = inFolder('broken.cjs');
    writeFileSync(broken, 'process.exit(3);');
    const encoder = await open(broken);
    for (let attempt = 0; attempt < 2; attempt++) {
      const calls = [1, 2].map((count) => encoder.encode(windows.slice(0, count), 'mean4'));
      for (const call of calls) await assert.rejects(call, /stopped \(code 3\)/);
    }
  });

  it('cancels requests under way when it is disposed', async () => {
    for (const started of [false, true]) {
      const encoder = await open();
      if (started) await encoder.encode(windows.slice(0, 1), 'mean4');
      const calls = [encoder.encode(many, 'mean4'), encoder.encode(many, 'last')];
      const cancelled = Promise.all(calls.map((call) => assert.rejects(call, CancelledError)));
      await encoder.dispose();
      await cancelled;
      await assert.rejects(encoder.encode(windows, 'mean4'), /disposed/);
    }
  });
});
