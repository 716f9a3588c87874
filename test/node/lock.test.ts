import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { acquireLock, type Lock } from '../../src/node/files/lock';
import { changeSharedFile } from '../../src/node/files/sharedFile';
import { FILE_SYSTEM, type FileSystem } from '../../src/node/files/system';
import { temporaryFolder } from '../support/temporary';

const YESTERDAY = new Date(Date.now() - 86_400_000);
const TOMORROW = new Date(Date.now() + 86_400_000);
const HELD = {
  name: 'UserError',
  message: /another window holds its lock, .*\.lock\. Close the other windows/,
};

describe('the lock of a file that windows share', () => {
  const inFolder = temporaryFolder();
  const children: ChildProcess[] = [];
  let file: string;
  let folder: string;
  let counted = 0;

  beforeEach(() => {
    folder = inFolder(`${++counted}`);
    mkdirSync(folder);
    file = path.join(folder, 'a.jsonl');
  });
  afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

  function windowThat(job: 'hold' | 'enter', staleMs: number): ChildProcess {
    const child = fork(path.join(__dirname, '..', 'support', 'lockChild.ts'), [job, file, `${staleMs}`], {
      execArgv: ['--import', 'tsx'],
    });
    children.push(child);
    return child;
  }
  /** What a window says next. */
  const told = (child: ChildProcess): Promise<unknown> =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`It ended with ${code}.`)));
    });

  it('is there while it is held, names an owner and the time, and goes with it', async () => {
    const lock = await acquireLock(file);
    assert.match(readFileSync(`${file}.lock`, 'utf8'), /^[0-9a-f]{32} \d{4}-\d\d-\d\dT.*Z\n$/);
    assert.equal(await lock.isHeld(), true);
    await lock.release();
    assert.deepEqual(readdirSync(folder), []);
    const other = await acquireLock(file);
    assert.equal(await lock.isHeld(), false, 'another owner, another word');
    await lock.release();
    assert.equal(await other.isHeld(), true, 'nobody removes the lock of another');
    await other.release();
  });

  for (const [what, date] of [
    ['yesterday', YESTERDAY],
    ['tomorrow', TOMORROW],
  ] as const) {
    it(`is taken from a window that crashed, though dated ${what}`, async () => {
      writeFileSync(`${file}.lock`, '');
      utimesSync(`${file}.lock`, date, date);
      const lock = await acquireLock(file, { staleMs: 200 });
      await lock.release();
      assert.deepEqual(readdirSync(folder), []);
    });

    it(`is not taken from a window that lives, though dated ${what}`, async () => {
      const owner = await acquireLock(file, { staleMs: 400 });
      utimesSync(`${file}.lock`, date, date);
      await assert.rejects(acquireLock(file, { staleMs: 800, waitMs: 1_600 }), HELD);
      assert.equal(await owner.isHeld(), true);
      await owner.release();
    });
  }

  it('is not taken from a window that lives in a process of its own, and is when that is killed', async () => {
    const child = windowThat('hold', 2_000);
    await told(child);
    await assert.rejects(acquireLock(file, { staleMs: 2_000, waitMs: 4_000 }), HELD);
    child.send('stop');
    assert.equal(await told(child), true);
    await once(child, 'exit');
    assert.deepEqual(readdirSync(folder), []);

    const killed = windowThat('hold', 2_000);
    await told(killed);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    assert.ok(existsSync(`${file}.lock`));
    await (await acquireLock(file, { staleMs: 300 })).release();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('lets in one at a time of windows that find a stale one', async () => {
    const windows = Array.from({ length: 3 }, () => windowThat('enter', 1_500));
    const ends = windows.map((child) => once(child, 'exit'));
    await Promise.all(windows.map(told));
    writeFileSync(`${file}.lock`, 'of a window that crashed');
    windows.forEach((child) => child.send('go'));
    assert.deepEqual(await Promise.all(ends), [
      [0, null],
      [0, null],
      [0, null],
    ]);
    assert.deepEqual(readdirSync(folder), []);
  });

  /** Another window does something right before a lock is renamed. */
  const before = (meanwhile: () => Promise<void>): FileSystem => {
    let done = false;
    return {
      ...FILE_SYSTEM,
      async rename(from, to) {
        if (!done) {
          done = true;
          await meanwhile();
        }
        await rename(from, to);
      },
    };
  };

  it('is put back by a slow window that took a fresh one for the stale one', async () => {
    writeFileSync(`${file}.lock`, 'of a window that crashed');
    let faster: Lock | undefined;
    const system = before(async () => {
      rmSync(`${file}.lock`);
      faster = await acquireLock(file, { staleMs: 400 });
    });
    await assert.rejects(acquireLock(file, { staleMs: 800, waitMs: 2_000, system }), HELD);
    assert.equal(await faster!.isHeld(), true);
    assert.deepEqual(readdirSync(folder), ['a.jsonl.lock']);
    await faster!.release();
  });

  it('is broken by another without harm', async () => {
    writeFileSync(`${file}.lock`, 'of a window that crashed');
    const system = before(() => rm(`${file}.lock`));
    await (await acquireLock(file, { staleMs: 200, system })).release();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is broken in spite of a virus scanner on Windows, after some tries or never', async () => {
    const failing = (times: number): FileSystem & { failures: number } => ({
      platform: 'win32',
      failures: 0,
      async rename(from, to) {
        if (this.failures++ < times) throw Object.assign(new Error(), { code: 'EPERM' });
        await rename(from, to);
      },
    });
    writeFileSync(`${file}.lock`, '');
    const shortly = failing(3);
    await (await acquireLock(file, { staleMs: 100, system: shortly })).release();
    assert.equal(shortly.failures, 4);
    writeFileSync(`${file}.lock`, '');
    await assert.rejects(acquireLock(file, { staleMs: 100, system: failing(Infinity) }), { code: 'EPERM' });
  });

  it('is refused at once, by name, where a link or a folder is in its place', async function () {
    writeFileSync(path.join(folder, 'other'), 'other');
    for (const target of ['nowhere', 'other']) {
      symlinkSync(target, `${file}.lock`);
      await assert.rejects(
        changeSharedFile(file, () => 'text'),
        { name: 'UserError', message: /a\.jsonl\.lock is a link, where a lock belongs\. Delete it/ },
      );
      assert.equal(readlinkSync(`${file}.lock`), target);
      rmSync(`${file}.lock`);
    }
    assert.equal(readFileSync(path.join(folder, 'other'), 'utf8'), 'other');
    mkdirSync(`${file}.lock`);
    await assert.rejects(
      changeSharedFile(file, () => 'text'),
      { name: 'UserError', message: /a\.jsonl\.lock is a folder, where a lock belongs\. Delete it/ },
    );
    assert.ok(lstatSync(`${file}.lock`).isDirectory());
    assert.deepEqual(readdirSync(folder).sort(), ['a.jsonl.lock', 'other']);
  });

  it('keeps a window from writing that has lost it', async () => {
    writeFileSync(file, 'before');
    await assert.rejects(
      changeSharedFile(file, () => {
        writeFileSync(`${file}.lock`, 'of another');
        return 'after';
      }),
      { name: 'UserError', message: /another window took its lock\. Try again/ },
    );
    assert.equal(readFileSync(file, 'utf8'), 'before');
    assert.equal(readFileSync(`${file}.lock`, 'utf8'), 'of another');
  });

  it('is waited for while another window is at work', async () => {
    const order: string[] = [];
    const owner = await acquireLock(file);
    const written = changeSharedFile(file, () => {
      order.push('changed');
      return 'text';
    });
    await assert.rejects(acquireLock(file, { waitMs: 200 }), HELD);
    order.push('released');
    await owner.release();
    await written;
    assert.deepEqual(order, ['released', 'changed']);
    assert.deepEqual(readdirSync(folder), ['a.jsonl']);
  });
});
