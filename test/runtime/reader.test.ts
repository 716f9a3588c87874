import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError, type Reading, type RecipeName, silentLogger } from '../../src/core';
import type { EncoderProcessSettings } from '../../src/protocol/encoder';
import { createForkedReader, createReader, type ForkedReader, type Reader } from '../../src/runtime';
import { readerSettings } from '../support/artifacts';
import { root } from '../support/cli';
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

function forked(more: Partial<EncoderProcessSettings> = {}): ForkedReader {
  return createForkedReader({ entry, settings: { ...readerSettings, ...more }, logger: silentLogger });
}

async function readAll(
  reader: Reader,
  document = sample as { text: string; format: 'markdown' },
): Promise<Reading[]> {
  const readings: Reading[] = [];
  await reader.read(document, (batch) => readings.push(...batch.readings));
  return readings;
}

/** Resolves when the first batch of a long reading has come. */
function startLong(reader: Reader): { readonly started: Promise<void>; readonly done: Promise<void> } {
  let tell: () => void = ignore;
  const started = new Promise<void>((resolve) => (tell = resolve));
  return { started, done: reader.read(long, () => tell()) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie has ended; only its parent has not looked yet.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(20);
}

const kinds: Readonly<Record<string, (more?: Partial<EncoderProcessSettings>) => Promise<Reader>>> = {
  'in this process': (more = {}) => createReader({ ...readerSettings, ...more }, silentLogger),
  'in a process of its own': (more) => Promise.resolve(forked(more)),
};

for (const [kind, open] of Object.entries(kinds)) {
  describe(`a reader ${kind}`, () => {
    let reader: Reader;
    before(async () => (reader = await open()));
    after(() => reader.dispose());

    it('gives each paragraph’s annotations, in order', async () => {
      const [first, second] = await readAll(reader);
      const senses = (reading: Reading): string[] =>
        reading.annotations.filter(({ text }) => text === 'bank').map(({ sense }) => sense);
      assert.deepEqual(senses(first!), ['bank%1:17:01::']);
      assert.deepEqual(senses(second!), ['bank%1:14:00::']);
      for (const { start, end, text } of [...first!.annotations, ...second!.annotations]) {
        assert.equal(sample.text.slice(start, end), text);
      }
    });

    it('says how far it is', async () => {
      const steps: number[] = [];
      let last = 0;
      await reader.read(long, ({ done, total, readings }) => {
        assert.equal(done, last + readings.length);
        assert.equal(total, 800);
        steps.push((last = done));
      });
      assert.ok(steps.length > 1);
      assert.equal(last, 800);
    });

    it('can be cancelled before and while reading, and reads on after that', async () => {
      await assert.rejects(reader.read(long, ignore, { isCancellationRequested: true }), CancelledError);
      const token = { isCancellationRequested: false };
      const cancelled = reader.read(long, () => (token.isCancellationRequested = true), token);
      await assert.rejects(cancelled, CancelledError);
      assert.equal((await readAll(reader)).length, 2);
    });

    it('reads an empty text', async () => {
      assert.deepEqual(await readAll(reader, { text: '', format: 'markdown' }), []);
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
    const reader = forked();
    reader.start();
    const { pid } = reader;
    assert.ok(pid !== undefined);
    assert.equal((await readAll(reader)).length, 2);
    assert.equal(reader.pid, pid);
    await reader.dispose();
  });

  it('is started again after it dies, and the reading it was in fails', async () => {
    const reader = forked();
    const { started, done } = startLong(reader);
    const failed = assert.rejects(done, /ended while reading/);
    await started;
    const { pid } = reader;
    process.kill(pid!, 'SIGKILL');
    await failed;
    assert.equal((await readAll(reader)).length, 2);
    assert.notEqual(reader.pid, pid);
    await reader.dispose();
  });

  it('is gone after dispose, idle or busy', async () => {
    for (const busy of [false, true]) {
      const reader = forked();
      await readAll(reader);
      const pid = reader.pid!;
      const reading = busy ? startLong(reader) : undefined;
      const cancelled = reading && assert.rejects(reading.done, CancelledError);
      await reading?.started;
      await reader.dispose();
      await cancelled;
      assert.ok(!isAlive(pid));
      await assert.rejects(readAll(reader), /disposed/);
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
    const reader = createForkedReader({ entry: broken, settings: readerSettings, logger: silentLogger });
    for (let attempt = 0; attempt < 4; attempt++)
      await assert.rejects(readAll(reader), /ended while reading/);
    await assert.rejects(readAll(reader), /keeps stopping/);
    await reader.dispose();
  });
});
