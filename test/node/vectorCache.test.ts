import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { analyse } from '../../src/core/pipeline';
import type { Annotation } from '../../src/core/annotations/annotation';
import type { CachedWindow, Logger, WindowCache, WindowKey } from '../../src/core/ports';
import { createSenseRanker } from '../../src/core/senses/nearest';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { embedWords } from '../../src/core/vectors/embed';
import { openProse } from '../../src/core/prose/prose';
import { clearVectorCache, openVectorCache, type VectorCache } from '../../src/node/cache/vectorCache';
import { loadSenseIndex } from '../../src/node/files/dataFiles';
import { fitted, minilm, places, wordnet } from '../support/artifacts';
import { english } from '../support/english';
import { root } from '../support/cli';
import { request, wordPieces } from '../support/embedding';
import { countingEncoder, createFakeEncoder } from '../support/fakeEncoder';
import { temporaryFolder } from '../support/temporary';

const MEGABYTE = 2 ** 20;
const DIMENSIONS = 4;

const key = (n: number, source: Partial<WindowKey> = {}): WindowKey => ({
  encoder: 'fake@1',
  layer: 'mean4',
  ids: Int32Array.of(101, n, 102),
  ...source,
});

/** Vectors that follow from the key and the word, so that a wrong one is recognised. */
const windowOf = (n: number, words: readonly number[], dimensions = DIMENSIONS): CachedWindow =>
  new Map(
    words.map((word) => [
      word * 0x10000 + word + 1,
      Uint16Array.from({ length: dimensions }, (_, i) => (n * 31 + word * 7 + i) % 0x7c00),
    ]),
  );

interface Log extends Logger {
  readonly lines: string[];
}

function createLog(): Log {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level}: ${message}`);
  return { lines, trace: at('trace'), info: at('info'), warn: at('warn'), error: at('error') };
}

const one = async (cache: WindowCache, of: WindowKey): Promise<CachedWindow | undefined> =>
  (await cache.get([of]))[0];

describe('the vector cache', () => {
  const inFolder = temporaryFolder();
  const opened: VectorCache[] = [];
  let folders = 0;
  const freshFolder = (): string => inFolder(`cache-${++folders}`);
  const open = async (folder: string, log = createLog(), maxBytes = 64 * MEGABYTE): Promise<VectorCache> => {
    const cache = await openVectorCache({ folder, maxBytes }, log);
    opened.push(cache);
    return cache;
  };
  afterEach(() => Promise.all(opened.splice(0).map((cache) => cache.close())));

  const filesOf = (folder: string): string[] => readdirSync(folder).map((name) => path.join(folder, name));
  const bytesOf = (folder: string): number =>
    filesOf(folder).reduce((sum, file) => sum + statSync(file).size, 0);

  /** A segment of three windows, ended by its table or not. */
  async function segment(): Promise<{ whole: Buffer; withoutTable: Buffer }> {
    const folder = freshFolder();
    const cache = await open(folder);
    for (const n of [1, 2, 3]) cache.put(key(n), windowOf(n, [0, 2]));
    await cache.close();
    const [file, ...others] = filesOf(folder);
    assert.deepEqual(others, []);
    const whole = readFileSync(file!);
    // Its offset stands in the trailer.
    return { whole, withoutTable: whole.subarray(0, whole.readUInt32LE(whole.length - 16)) };
  }

  /** How many of the three windows a cache finds in such a file, none of them wrong, before they are put again. */
  async function survivors(bytes: Uint8Array, log = createLog()): Promise<number> {
    const folder = freshFolder();
    mkdirSync(folder);
    writeFileSync(path.join(folder, '0-damaged.vectors'), bytes);
    const cache = await openVectorCache({ folder, maxBytes: MEGABYTE }, log);
    const found = await cache.get([1, 2, 3].map((n) => key(n)));
    for (const [i, window] of found.entries()) {
      if (window) assert.deepEqual(window, windowOf(i + 1, [0, 2]));
      else cache.put(key(i + 1), windowOf(i + 1, [0, 2]));
    }
    await cache.close();
    const again = await openVectorCache({ folder, maxBytes: MEGABYTE }, log);
    for (const n of [1, 2, 3]) assert.deepEqual(await one(again, key(n)), windowOf(n, [0, 2]));
    await again.close();
    rmSync(folder, { recursive: true });
    assert.ok(log.lines.every((line) => line.startsWith('info: A part of the vector cache is skipped')));
    return found.filter((window) => window !== undefined).length;
  }

  it('knows which of two files is newer that were begun in one millisecond', async () => {
    const now = Date.now();
    const clock = Date.now;
    Date.now = () => now;
    try {
      for (let i = 0; i < 20; i++) {
        const folder = freshFolder();
        for (const words of [[3], [0]]) {
          const cache = await open(folder);
          cache.put(key(1), windowOf(1, words));
          await cache.close();
        }
        const [window] = await (await open(folder)).get([key(1)]);
        assert.equal(window?.size, 2);
      }
    } finally {
      Date.now = clock;
    }
  });

  it('has what it was given, before it is written, after, and when it is opened again', async () => {
    const puts = fc.array(
      fc.tuple(fc.nat({ max: 5 }), fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1 })),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(puts, fc.nat({ max: 11 }), async (all, reopenAt) => {
        const folder = freshFolder();
        const wanted = new Map<number, Map<number, Uint16Array>>();
        const check = async (cache: VectorCache): Promise<void> => {
          const found = await cache.get(Array.from({ length: 6 }, (_, n) => key(n)));
          found.forEach((window, n) => assert.deepEqual(window && new Map(window), wanted.get(n)));
        };
        let cache = await open(folder);
        for (const [i, [n, words]] of all.entries()) {
          cache.put(key(n), windowOf(n, words));
          wanted.set(n, new Map([...windowOf(n, words), ...(wanted.get(n) ?? [])]));
          await check(cache);
          if (i !== reopenAt) continue;
          await cache.close();
          cache = await open(folder);
          await check(cache);
        }
        await cache.close();
        await check(await open(folder));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the first vector of a word', async () => {
    const cache = await open(freshFolder());
    cache.put(key(1), windowOf(1, [0]));
    cache.put(key(1), windowOf(2, [0, 1]));
    const [first, second] = (await one(cache, key(1)))!.values();
    assert.deepEqual(
      new Set([first, second]),
      new Set([...windowOf(1, [0]).values(), ...windowOf(2, [1]).values()]),
    );
  });

  it('tells encoders, layer rules and windows apart', async () => {
    const cache = await open(freshFolder());
    cache.put(key(1), windowOf(1, [0]));
    for (const other of [
      key(2),
      key(1, { encoder: 'fake@2' }),
      key(1, { layer: 'last' }),
      key(1, { ids: Int32Array.of(101, 1, 1, 102) }),
    ])
      assert.equal(await one(cache, other), undefined);
    assert.ok(await one(cache, key(1)));
  });

  it('spares the encoder a text it has read, with the same vectors', async () => {
    const folder = freshFolder();
    const requests = [request('The bank of the river was steep. It rained umbrellas. '.repeat(20))];
    const encoder = countingEncoder(createFakeEncoder(384));
    const embed = (cache: VectorCache): Promise<unknown> =>
      embedWords(requests, 'mean4', { encoder, wordPieces: wordPieces(), cache });
    const cold = await open(folder);
    const vectors = await embed(cold);
    await cold.close();
    const { windows } = encoder;
    assert.ok(windows > 5);
    assert.deepEqual(await embed(await open(folder)), vectors);
    assert.equal(encoder.windows, windows);
  });

  it('makes no difference to annotations, cold or warm', async () => {
    const folder = freshFolder();
    const inventory = wordnet();
    const { encoder, vocabulary } = await minilm();
    const index = await loadSenseIndex(places.index('default'), {
      encoder: encoder.info,
      layer: 'mean4',
      inventory,
    });
    const counting = countingEncoder(encoder);
    const { paragraphs } = openProse(
      'The bank of the river was steep, and the bank lent us nothing. A spring broke.\n\nShe ran a small mill.',
      'plain',
    );
    const annotate = async (cache: VectorCache): Promise<Annotation[]> => {
      const annotations: Annotation[] = [];
      const deps = {
        encoder: counting,
        cache,
        wordPieces: createWordPieceTokenizer(vocabulary),
        pack: english(),
        inventory,
        ranker: createSenseRanker(index, inventory, fitted.default.recipe),
        fitted: fitted.default,
        layer: 'mean4',
        rules: 'reader',
      } as const;
      for await (const readings of analyse(paragraphs, [deps]))
        annotations.push(...readings.flatMap((reading) => reading.annotations));
      return annotations;
    };
    const cold = await open(folder);
    const annotations = await annotate(cold);
    await cold.close();
    const { windows } = counting;
    assert.ok(annotations.length > 5 && windows >= 2);
    assert.deepEqual(await annotate(await open(folder)), annotations);
    assert.equal(counting.windows, windows);
    for (const file of filesOf(folder)) {
      const bytes = readFileSync(file);
      for (let offset = 100; offset < bytes.length; offset += 1000) bytes[offset]! ^= 0xff;
      writeFileSync(file, bytes);
    }
    assert.deepEqual(await annotate(await open(folder)), annotations);
    assert.ok(counting.windows > windows);
  });

  it('lets the process hear its messages between two batches', async () => {
    const cache = await open(freshFolder());
    let heard = false;
    setImmediate(() => (heard = true));
    await cache.get([]);
    assert.ok(heard);
  });

  it('survives a flipped bit anywhere', async () => {
    const { whole, withoutTable } = await segment();
    assert.equal(await survivors(whole), 3);
    assert.equal(await survivors(withoutTable), 3);
    let lost = 0;
    for (const bytes of [whole, withoutTable]) {
      for (let offset = 0; offset < bytes.length; offset++) {
        const damaged = Buffer.from(bytes);
        damaged[offset]! ^= 1 << (offset % 8);
        const left = await survivors(damaged);
        if (left < 3) lost++;
        // With the table, records after a damaged one are found too.
        if (bytes === whole && offset >= 8) assert.ok(left >= 2, `flipped at ${offset}`);
      }
    }
    assert.ok(lost > withoutTable.length);
  });

  it('survives a cut anywhere: all whole records are found', async () => {
    const { whole, withoutTable } = await segment();
    const record = (withoutTable.length - 8) / 3;
    for (let length = 0; length < whole.length; length++) {
      const records = Math.max(0, Math.min(3, Math.floor((length - 8) / record)));
      assert.equal(await survivors(whole.subarray(0, length)), records, `cut to ${length}`);
    }
  });

  it('skips what is no segment of this version, and says so once', async () => {
    const { whole } = await segment();
    const version = Buffer.from(whole);
    version[6]!++;
    for (const bytes of [version, Buffer.from('rubbish'), Buffer.alloc(5000), Buffer.alloc(0)]) {
      const log = createLog();
      assert.equal(await survivors(bytes, log), 0);
      assert.equal(log.lines.length, 2, 'once each time it was opened');
    }
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        assert.equal(await survivors(bytes), 0);
        assert.equal(await survivors(Buffer.concat([whole.subarray(0, 8), bytes])), 0);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves other files and folders alone', async () => {
    const folder = freshFolder();
    mkdirSync(path.join(folder, 'a.vectors'), { recursive: true });
    writeFileSync(path.join(folder, 'notes.txt'), 'mine');
    const cache = await open(folder, createLog(), 1000);
    cache.put(key(1), windowOf(1, [0]));
    await cache.close();
    await clearVectorCache(folder);
    assert.deepEqual(readdirSync(folder).sort(), ['a.vectors', 'notes.txt']);
  });

  it('keeps under its cap, and what was used last', async () => {
    const folder = freshFolder();
    const cap = 100_000;
    const put = async (numbers: readonly number[]): Promise<void> => {
      const cache = await open(folder, createLog(), cap);
      for (const n of numbers) cache.put(key(n), windowOf(n, [0], 1000));
      await cache.close();
    };
    await put([1, 2, 3, 4, 5]);
    await put([11, 12, 13, 14, 15]);
    assert.equal(filesOf(folder).length, 2, filesOf(folder).join());
    for (const file of filesOf(folder)) utimesSync(file, 1000, 1000);
    // The windows of the older half are read, those of the newer half are not.
    const reading = await open(folder, createLog(), cap);
    for (const n of [1, 2, 3, 4, 5]) assert.ok(await one(reading, key(n)));
    await reading.close();
    await put(Array.from({ length: 38 }, (_, i) => 100 + i));
    assert.ok(bytesOf(folder) <= cap, `${bytesOf(folder)} bytes`);
    const last = await open(folder, createLog(), cap);
    const kept = async (numbers: readonly number[]): Promise<number> =>
      (await last.get(numbers.map((n) => key(n)))).filter((window) => window).length;
    assert.equal(await kept([1, 2, 3, 4, 5]), 5);
    assert.equal(await kept([11, 12, 13, 14, 15]), 0);
    assert.equal(await kept([135, 136, 137]), 3);
  });

  it('keeps under its cap in one long session, and forgets what it removed', async () => {
    const folder = freshFolder();
    const cap = 50_000;
    const cache = await open(folder, createLog(), cap);
    for (let n = 0; n < 200; n++) cache.put(key(n), windowOf(n, [0], 1000));
    await cache.close();
    assert.ok(bytesOf(folder) <= cap && bytesOf(folder) > cap / 2, `${bytesOf(folder)} bytes`);
  });

  it('shrinks when it is opened with a lower cap, and keeps nothing without room', async () => {
    const folder = freshFolder();
    const large = await open(folder);
    for (let n = 0; n < 20; n++) large.put(key(n), windowOf(n, [0], 1000));
    await large.close();
    const none = await open(folder, createLog(), 0);
    none.put(key(1), windowOf(1, [0]));
    assert.equal(await one(none, key(1)), undefined);
    await none.close();
    assert.deepEqual(filesOf(folder), []);
  });

  it('does not collect more and more small files', async () => {
    const folder = freshFolder();
    const { whole } = await segment();
    mkdirSync(folder);
    for (let i = 0; i < 300; i++) writeFileSync(path.join(folder, `${1000 + i}-small.vectors`), whole);
    const cache = await open(folder);
    assert.ok(filesOf(folder).length < 150);
    assert.ok(await one(cache, key(1)));
  });

  it('serves two at once: each reads what the other had written when it came', async () => {
    const folder = freshFolder();
    const first = await open(folder);
    const second = await open(folder);
    first.put(key(1), windowOf(1, [0]));
    second.put(key(2), windowOf(2, [0]));
    second.put(key(1), windowOf(1, [5]));
    await first.close();
    // The second still has its segment open.
    const third = await open(folder);
    assert.deepEqual(await one(third, key(1)), windowOf(1, [0]));
    assert.deepEqual(await one(second, key(2)), windowOf(2, [0]));
    await second.close();
    const fourth = await open(folder);
    assert.deepEqual(await one(fourth, key(2)), windowOf(2, [0]));
    assert.ok(await one(fourth, key(1)));
  });

  it('reads on when another process empties the folder, and writes on', async () => {
    const folder = freshFolder();
    const writer = await open(folder);
    writer.put(key(1), windowOf(1, [0]));
    await writer.close();
    const log = createLog();
    const cache = await open(folder, log);
    await clearVectorCache(folder);
    rmSync(folder, { recursive: true });
    const window = await one(cache, key(1));
    if (window) assert.deepEqual(window, windowOf(1, [0]));
    cache.put(key(2), windowOf(2, [0]));
    await cache.close();
    assert.deepEqual(await one(await open(folder), key(2)), windowOf(2, [0]));
    assert.deepEqual(log.lines, []);
  });

  it('is empty after it was cleared', async () => {
    const folder = freshFolder();
    const before = await open(folder);
    before.put(key(1), windowOf(1, [0]));
    await before.close();
    await clearVectorCache(folder);
    assert.deepEqual(filesOf(folder), []);
    assert.equal(await one(await open(folder), key(1)), undefined);
    await clearVectorCache(inFolder('never-made'));
  });

  it('is for its owner alone', async function () {
    if (process.platform === 'win32') {
      console.warn('      SKIPPED: no permission bits on this system.');
      this.skip();
    }
    const folder = freshFolder();
    const cache = await open(folder);
    cache.put(key(1), windowOf(1, [0]));
    await cache.close();
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const file of filesOf(folder)) assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('does without a folder it cannot make, with one warning', async () => {
    const file = inFolder('a-file');
    writeFileSync(file, 'mine');
    for (const folder of [file, path.join(file, 'below')]) {
      const log = createLog();
      const cache = await open(folder, log);
      cache.put(key(1), windowOf(1, [0]));
      assert.equal(await one(cache, key(1)), undefined);
      await cache.close();
      assert.equal(log.lines.length, 1);
      assert.match(log.lines[0]!, /^warn: The vector cache cannot be written \(E\w+\)/);
    }
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  it('says when it cannot be cleared', async () => {
    const file = inFolder('another-file');
    writeFileSync(file, 'mine');
    await assert.rejects(clearVectorCache(file), { name: 'UserError', message: /cannot be emptied/ });
  });

  it('still reads where it can no longer write', async () => {
    const folder = freshFolder();
    const writer = await open(folder);
    writer.put(key(1), windowOf(1, [0]));
    await writer.close();
    const log = createLog();
    const cache = await open(folder, log);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'in its place');
    cache.put(key(2), windowOf(2, [0], 2 ** 20));
    cache.put(key(3), windowOf(3, [0]));
    await cache.get([key(2)]);
    if (process.platform !== 'win32') assert.deepEqual(await one(cache, key(1)), windowOf(1, [0]));
    await cache.close();
    assert.equal(log.lines.length, 1);
  });

  it('skips a file it may not read', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      console.warn('      SKIPPED: permission bits do not bind here.');
      this.skip();
    }
    const folder = freshFolder();
    const cache = await open(folder);
    cache.put(key(1), windowOf(1, [0]));
    await cache.close();
    chmodSync(filesOf(folder)[0]!, 0);
    const log = createLog();
    assert.equal(await one(await open(folder, log), key(1)), undefined);
    assert.equal(log.lines.length, 1);
  });

  it('goes on where the disk is full, and leaves what others can read', async function () {
    if (process.platform === 'win32') {
      console.warn('      SKIPPED: no limit of file size on this system.');
      this.skip();
    }
    this.timeout(120_000);
    const folder = freshFolder();
    const script = inFolder('full.mts');
    const runtime = JSON.stringify(path.join(root, 'src', 'node', 'cache', 'vectorCache.ts'));
    writeFileSync(
      script,
      `import { openVectorCache } from ${runtime};
       const lines: string[] = [];
       const say = (line: string) => void lines.push(line);
       const cache = await openVectorCache(
         { folder: ${JSON.stringify(folder)}, maxBytes: 1e9 },
         { trace: say, info: say, warn: say, error: say },
       );
       for (let n = 0; n < 40; n++)
         cache.put(
           { encoder: 'fake@1', layer: 'mean4', ids: Int32Array.of(101, n, 102) },
           new Map([[1, new Uint16Array(50_000).fill(n)]]),
         );
       await cache.close();
       console.log(JSON.stringify(lines));`,
    );
    const { stdout } = await promisify(execFile)(
      'bash',
      ['-c', `ulimit -f 600; TSX_DISABLE_CACHE=1 "${process.execPath}" --import tsx "${script}"`],
      { cwd: root },
    );
    const lines = JSON.parse(stdout) as string[];
    assert.equal(lines.length, 1);
    assert.match(lines[0]!, /cannot be written \(EFBIG\)/);
    const cache = await open(folder);
    const found = await cache.get(Array.from({ length: 40 }, (_, n) => key(n)));
    const held = found.filter((window) => window).length;
    assert.ok(held > 0 && held < 40, `${held} windows`);
    found.forEach((window, n) => {
      if (window) assert.deepEqual(window, new Map([[1, new Uint16Array(50_000).fill(n)]]));
    });
  });

  it('leaves no file when nothing was kept', async () => {
    const folder = freshFolder();
    const cache = await open(folder);
    await cache.get([key(1)]);
    await cache.close();
    assert.ok(!existsSync(folder) || filesOf(folder).length === 0);
  });
});
