/**
 * Another window, for tests of locks: `hold FILE STALE_MS` holds the lock until it is told to stop, `enter FILE STALE_MS` takes it
 * several times when it is told to go.
 */
import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import { acquireLock } from '../../src/node/files/lock';

const [job, file, staleMs] = process.argv.slice(2) as [string, string, string];
const options = { staleMs: Number(staleMs), waitMs: 50_000 };
const told = (): Promise<unknown> => once(process, 'message');

async function hold(): Promise<void> {
  const lock = await acquireLock(file, options);
  process.send!('held');
  await told();
  process.send!(await lock.isHeld());
  await lock.release();
}

/** Throws if another window is inside the lock at the same time. */
async function enter(): Promise<void> {
  process.send!('ready');
  await told();
  for (let i = 0; i < 10; i++) {
    const lock = await acquireLock(file, options);
    const inside = await open(`${file}.inside`, 'wx');
    await inside.writeFile(String(i));
    await inside.close();
    await rm(`${file}.inside`);
    if (!(await lock.isHeld())) throw new Error('The lock was taken.');
    await lock.release();
  }
}

void (job === 'hold' ? hold() : enter()).then(() => process.disconnect());
