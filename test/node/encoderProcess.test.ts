import assert from 'node:assert/strict';
import { type ChildProcess, fork as forkNode, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Reading } from '../../src/core/pipeline';
import { silentLogger } from '../../src/core/util/logger';
import type { FromEncoder } from '../../src/protocol/encoder';
import { createForkedEngine, type ForkedEngine } from '../../src/node/process/forkedEngine';
import type { Engine } from '../../src/engine/engine';
import { openEngine } from '../../src/node/process/openEngine';
import { readerSettings } from '../support/artifacts';
import { root } from '../support/cli';
import { temporaryFolder } from '../support/temporary';
import { isRunning, until } from '../support/wait';

const ENTRY = path.join(root, 'dist', 'encoder-process.js');
const SENTENCE = 'The bank of the river was steep, and the bank lent us nothing.';

async function readAll(engine: Engine, text: string): Promise<Reading[]> {
  const readings: Reading[] = [];
  await engine.read({ text, format: 'plain' }, (batch) => readings.push(...batch.readings));
  return readings;
}

describe('the encoder process, seen from its parent', () => {
  const inFolder = temporaryFolder();
  const engines: Engine[] = [];
  const fork = (settings = readerSettings): ForkedEngine => {
    const engine = createForkedEngine({ entry: ENTRY, settings, logger: silentLogger });
    engines.push(engine);
    return engine;
  };
  afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.dispose())));

  it('answers as an engine in this process does', async () => {
    const here = await openEngine(readerSettings, silentLogger);
    engines.push(here);
    // Several batches.
    const text = `${`${SENTENCE} `.repeat(20)}\n\n`.repeat(20);
    const there = fork();
    assert.deepEqual(await readAll(there, text), await readAll(here, text));
  });

  it('starts with the first reading only', async () => {
    const engine = fork();
    assert.equal(engine.pid, undefined);
    await readAll(engine, SENTENCE);
    assert.ok(isRunning(engine.pid!));
  });

  it('leaves Ctrl-C to its parent', async function () {
    if (process.platform === 'win32') {
      console.warn('      SKIPPED: no signals between processes on this system.');
      this.skip();
    }
    const engine = fork();
    await readAll(engine, SENTENCE);
    const pid = engine.pid!;
    process.kill(pid, 'SIGINT');
    assert.equal((await readAll(engine, SENTENCE)).length, 1);
    assert.equal(engine.pid, pid);
  });

  it('is ended when it hangs, within ten seconds, and another reads', async function () {
    if (process.platform !== 'linux') {
      console.warn(
        '      SKIPPED: only Linux tells whether a process computes; elsewhere this takes five minutes.',
      );
      this.skip();
    }
    const engine = fork();
    await readAll(engine, SENTENCE);
    const pid = engine.pid!;
    process.kill(pid, 'SIGSTOP');
    const stopped = Date.now();
    await assert.rejects(readAll(engine, SENTENCE), { name: 'EncoderEndedError' });
    assert.ok(Date.now() - stopped < 10_000, `it took ${Date.now() - stopped} ms`);
    assert.ok(!isRunning(pid));
    assert.equal((await readAll(engine, SENTENCE)).length, 1);
  });

  it('ends when its parent is killed in the middle of a reading', async () => {
    const host = inFolder('host.cjs');
    writeFileSync(
      host,
      `const child = require('node:child_process').fork(${JSON.stringify(ENTRY)}, [], { serialization: 'advanced' });
       child.on('message', ({ type }) => { if (type === 'readings') console.log(child.pid); });
       child.send({ type: 'start', settings: ${JSON.stringify(readerSettings)} });
       child.send({ type: 'read', id: 1, text: ${JSON.stringify(`${SENTENCE}\n\n`)}.repeat(4000), format: 'plain' });`,
    );
    const parent = spawn(process.execPath, [host], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [lines] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number.parseInt(lines.toString(), 10);
    assert.ok(isRunning(pid));
    parent.kill('SIGKILL');
    await until(() => !isRunning(pid));
  });

  it('ends without a signal or a word, busy or not', async () => {
    const stop = (child: ChildProcess): void => void child.send({ type: 'stop' });
    const ends = [
      { when: 'readings', settings: readerSettings, end: stop },
      { when: 'readings', settings: readerSettings, end: (child: ChildProcess) => child.disconnect() },
      // Its threads are loading the network by then.
      { when: 'failed', settings: { ...readerSettings, index: 'nowhere.bin' }, end: stop },
    ] as const;
    for (const { when, settings, end } of ends) {
      const child = forkNode(ENTRY, [], { serialization: 'advanced', execArgv: [], silent: true });
      const output = Promise.all([text(child.stdout!), text(child.stderr!)]);
      const ended = once(child, 'exit');
      child.on('message', ({ type }: FromEncoder) => {
        if (type === when && child.connected) end(child);
      });
      child.send({ type: 'start', settings });
      child.send({ type: 'read', id: 1, text: `${SENTENCE}\n\n`.repeat(4000), format: 'plain' });
      assert.deepEqual(await ended, [0, null]);
      assert.deepEqual(await output, ['', '']);
    }
  });

  it('fails the reading, and does not hang, when it cannot be started', async () => {
    const engine = fork();
    const { execPath } = process;
    process.execPath = inFolder('no-such-program');
    try {
      await assert.rejects(readAll(engine, SENTENCE), /cannot be started/);
    } finally {
      process.execPath = execPath;
    }
    assert.equal((await readAll(engine, SENTENCE)).length, 1);
  });

  it('refuses a layer rule that the encoder cannot follow, as a user error', async () => {
    await assert.rejects(readAll(fork({ ...readerSettings, layer: 'last' }), SENTENCE), {
      name: 'UserError',
      message: /cannot follow the layer rule last\. It has mean4/,
    });
  });
});
