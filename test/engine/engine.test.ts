import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError } from '../../src/core/ports';
import type { Reading } from '../../src/core/pipeline';
import type { RecipeName } from '../../src/core/senses/recipes';
import { silentLogger } from '../../src/core/util/logger';
import type { EncoderProcessSettings } from '../../src/node/process/settings';
import {
  createForkedEngine,
  EncoderKeepsEndingError,
  type ForkedEngine,
} from '../../src/node/process/forkedEngine';
import type { Engine } from '../../src/engine/engine';
import { openEngine } from '../../src/node/process/openEngine';
import { readerSettings, wordnet } from '../support/artifacts';
import { root } from '../support/cli';
import { servedEngine } from '../support/servedEngine';
import { temporaryFolder } from '../support/temporary';

const entry = path.join(root, 'dist', 'encoder-process.js');
const sample = {
  text: 'The bank of the river was steep.\n\nThe bank lends money.',
  format: 'markdown',
} as const;
/** Long enough that something can happen while it is read. */
const long = {
  text: Array.from({ length: 400 }, () => sample.text).join('\n\n'),
  format: 'markdown',
} as const;

function ignore(): void {
  // Nothing is logged in tests.
}

function forked(more: Partial<EncoderProcessSettings> = {}): ForkedEngine {
  return createForkedEngine({ entry, settings: { ...readerSettings, ...more }, logger: silentLogger });
}

async function readAll(
  engine: Engine,
  document = sample as { text: string; format: 'markdown' },
): Promise<Reading[]> {
  const readings: Reading[] = [];
  await engine.read(document, (batch) => readings.push(...batch.readings));
  return readings;
}

/** Resolves when the first batch of a long reading has come. */
function startLong(engine: Engine): { readonly started: Promise<void>; readonly done: Promise<void> } {
  let tell: () => void = ignore;
  const started = new Promise<void>((resolve) => (tell = resolve));
  return { started, done: engine.read(long, () => tell()) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie process has ended already; only its parent has not read its exit status yet.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(20);
}

const kinds: Readonly<Record<string, (more?: Partial<EncoderProcessSettings>) => Promise<Engine>>> = {
  'in this process': (more = {}) => openEngine({ ...readerSettings, ...more }, silentLogger),
  'over a pair of ports': (more = {}) => Promise.resolve(servedEngine({ ...readerSettings, ...more })),
  'in a process of its own': (more) => Promise.resolve(forked(more)),
};

for (const [kind, open] of Object.entries(kinds)) {
  describe(`an engine ${kind}`, () => {
    let engine: Engine;
    before(async () => (engine = await open()));
    after(() => engine.dispose());

    it('gives each paragraph’s annotations, in order', async () => {
      const [first, second] = await readAll(engine);
      const keys = (reading: Reading): string[] =>
        reading.annotations.filter(({ text }) => text === 'bank').map(({ sense }) => wordnet().key(sense));
      assert.deepEqual(keys(first!), ['bank%1:17:01::']);
      assert.deepEqual(keys(second!), ['bank%1:14:00::']);
      for (const { start, end, text } of [...first!.annotations, ...second!.annotations]) {
        assert.equal(sample.text.slice(start, end), text);
      }
    });

    it('gives the tokens between words too, if requested', async () => {
      const tokensOf = async (withTokens?: boolean): Promise<(string[] | undefined)[]> => {
        const found: (string[] | undefined)[] = [];
        const document = { ...sample, ...(withTokens === undefined ? {} : { withTokens }) };
        await engine.read(document, ({ readings }) => {
          for (const { paragraph } of readings)
            found.push(paragraph?.sentences.flatMap(({ tokens }) => tokens.map(({ text }) => text)));
        });
        return found;
      };
      assert.deepEqual(await tokensOf(), [undefined, undefined]);
      const [first] = await tokensOf(true);
      assert.equal(first!.join(' '), 'The bank of the river was steep .');
    });

    it('reports its progress', async () => {
      const steps: number[] = [];
      let last = 0;
      await engine.read(long, ({ done, total, readings }) => {
        assert.equal(done, last + readings.length);
        assert.equal(total, 800);
        steps.push((last = done));
      });
      assert.ok(steps.length > 1);
      assert.equal(last, 800);
    });

    it('can be cancelled before and while reading, and reads on after that', async () => {
      await assert.rejects(engine.read(long, ignore, AbortSignal.abort()), CancelledError);
      const stop = new AbortController();
      const cancelled = engine.read(long, () => stop.abort(), stop.signal);
      await assert.rejects(cancelled, CancelledError);
      assert.equal((await readAll(engine)).length, 2);
    });

    it('reads an empty text', async () => {
      assert.deepEqual(await readAll(engine, { text: '', format: 'markdown' }), []);
    });

    it('says what to do about a missing encoder, index or recipe', async () => {
      const refused = async (more: Partial<EncoderProcessSettings>, message: RegExp): Promise<void> => {
        const bad = async (): Promise<void> => {
          const other = await open(more);
          await readAll(other).finally(() => other.dispose());
        };
        await assert.rejects(bad, { name: 'UserError', message });
      };
      await refused({ encoder: 'nowhere' }, /no usable encoder in nowhere.*reinstall/);
      await refused({ index: 'nowhere.bin' }, /nowhere\.bin cannot be read/);
      await refused({ recipe: 'pie' as RecipeName }, /Choose default or textbook/);
    });
  });
}

describe('the encoder process', () => {
  const inFolder = temporaryFolder();

  it('can be started before it is needed', async () => {
    const engine = forked();
    engine.start();
    const { pid } = engine;
    assert.ok(pid !== undefined);
    assert.equal((await readAll(engine)).length, 2);
    assert.equal(engine.pid, pid);
    await engine.dispose();
  });

  it('is started again after it dies, and the reading it was in fails', async () => {
    const engine = forked();
    const { started, done } = startLong(engine);
    const failed = assert.rejects(done, /ended while reading/);
    await started;
    const { pid } = engine;
    process.kill(pid!, 'SIGKILL');
    await failed;
    assert.equal((await readAll(engine)).length, 2);
    assert.notEqual(engine.pid, pid);
    await engine.dispose();
  });

  it('is gone after dispose, idle or busy', async () => {
    for (const busy of [false, true]) {
      const engine = forked();
      await readAll(engine);
      const pid = engine.pid!;
      const reading = busy ? startLong(engine) : undefined;
      const cancelled = reading && assert.rejects(reading.done, CancelledError);
      await reading?.started;
      await engine.dispose();
      await cancelled;
      assert.ok(!isAlive(pid));
      await assert.rejects(readAll(engine), /disposed/);
    }
  });

  it('is gone when its parent is killed', async () => {
    const script = inFolder('parent.cjs');
    writeFileSync(
      script,
      `const child = require('node:child_process').fork(${JSON.stringify(entry)}, [], { serialization: 'advanced' });
       child.on('message', ({ type }) => { if (type === 'started') console.log(child.pid); });
       child.send({ type: 'start', settings: ${JSON.stringify(readerSettings)} });`,
    );
    const parent = spawn(process.execPath, [script]);
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    assert.ok(isAlive(pid));
    parent.kill('SIGKILL');
    await untilGone(pid);
  });

  it('is not started for ever when it keeps dying', async () => {
    const broken = inFolder('broken.cjs');
    writeFileSync(broken, 'process.exit(3);');
    const engine = createForkedEngine({ entry: broken, settings: readerSettings, logger: silentLogger });
    for (let attempt = 0; attempt < 4; attempt++)
      await assert.rejects(readAll(engine), /ended while reading/);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++)
      await assert.rejects(readAll(engine), (error) => {
        assert.ok(error instanceof EncoderKeepsEndingError);
        assert.match(error.message, /keeps stopping/);
        waits.push(error.retryInMs);
        return true;
      });
    // To ask does not put it off.
    assert.ok(waits[0]! <= 60_000 && waits[0]! > waits[1]! && waits[1]! > waits[2]! && waits[2]! > 0);
    await engine.dispose();
  });
});
