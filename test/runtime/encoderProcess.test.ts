import assert from 'node:assert/strict';
import { type ChildProcess, fork as forkNode, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type Reading, silentLogger } from '../../src/core';
import type { FromEncoder } from '../../src/protocol/encoder';
import { createForkedReader, createReader, type ForkedReader, type Reader } from '../../src/runtime';
import { readerSettings } from '../support/artifacts';
import { root } from '../support/cli';
import { temporaryFolder } from '../support/temporary';
import { isRunning, until } from '../support/wait';

const ENTRY = path.join(root, 'dist', 'encoder-process.js');
const SENTENCE = 'The bank of the river was steep, and the bank lent us nothing.';

async function readAll(reader: Reader, text: string): Promise<Reading[]> {
  const readings: Reading[] = [];
  await reader.read({ text, format: 'plain' }, (batch) => readings.push(...batch.readings));
  return readings;
}

describe('the encoder process, seen from its parent', () => {
  const inFolder = temporaryFolder();
  const readers: Reader[] = [];
  const fork = (settings = readerSettings): ForkedReader => {
    const reader = createForkedReader({ entry: ENTRY, settings, logger: silentLogger });
    readers.push(reader);
    return reader;
  };
  afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.dispose())));

  it('answers as a reader in this process does', async () => {
    const here = await createReader(readerSettings, silentLogger);
    readers.push(here);
    // Several batches.
    const text = `${`${SENTENCE} `.repeat(20)}\n\n`.repeat(20);
    const there = fork();
    assert.deepEqual(await readAll(there, text), await readAll(here, text));
  });

  it('starts with the first reading only', async () => {
    const reader = fork();
    assert.equal(reader.pid, undefined);
    await readAll(reader, SENTENCE);
    assert.ok(isRunning(reader.pid!));
  });

  it('leaves Ctrl-C to its parent', async function () {
    if (process.platform === 'win32') {
      console.warn('      SKIPPED: no signals between processes on this system.');
      this.skip();
    }
    const reader = fork();
    await readAll(reader, SENTENCE);
    const pid = reader.pid!;
    process.kill(pid, 'SIGINT');
    assert.equal((await readAll(reader, SENTENCE)).length, 1);
    assert.equal(reader.pid, pid);
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
    const reader = fork();
    const { execPath } = process;
    process.execPath = inFolder('no-such-program');
    try {
      await assert.rejects(readAll(reader, SENTENCE), /cannot be started/);
    } finally {
      process.execPath = execPath;
    }
    assert.equal((await readAll(reader, SENTENCE)).length, 1);
  });

  it('refuses a layer rule that the encoder cannot follow, as a user error', async () => {
    await assert.rejects(readAll(fork({ ...readerSettings, layer: 'last' }), SENTENCE), {
      name: 'UserError',
      message: /cannot follow the layer rule last\. It has mean4/,
    });
  });
});
