import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../engine';
import { FILE_SYSTEM, type FileSystem, NEW_FILE, patiently, temporaryName, tidy } from './system';

export interface Lock {
  /** No longer so when another window took this one for crashed: it was stopped, say, for longer than `staleMs`. */
  isHeld(): Promise<boolean>;
  /** Removes the lock, unless it is another's by now. */
  release(): Promise<void>;
}

export interface LockOptions {
  /** A lock that does not change for so long was left by a window that crashed. */
  readonly staleMs?: number;
  /** After so long there is no hope to get it. */
  readonly waitMs?: number;
  readonly system?: FileSystem;
}

/** Touches of a held lock in the time after which it would be stale. */
const TOUCHES = 4;
const PAUSE_MS = 20;
const MOST_BYTES = 200;

/** A lock as it was found. */
interface Found {
  /** What tells it from another lock in its place, and from itself after it was touched. */
  readonly mark: string;
  /** What its owner wrote into it. */
  readonly text: string;
}

/**
 * Keeps other windows from a file by a file beside it, `FILE.lock`, with a random word for its owner and the time. While it is
 * held its date is renewed. Whether a lock is stale is told by watching, not by its date: clocks differ and jump.
 * @throws UserError when another window holds it too long, or something else is in its place; Node's errors
 */
export async function acquireLock(
  file: string,
  { staleMs = 5_000, waitMs = 30_000, system = FILE_SYSTEM }: LockOptions = {},
): Promise<Lock> {
  const name = `${file}.lock`;
  const begun = performance.now();
  let watched: Found | undefined;
  let since = begun;
  for (;;) {
    const found = await patiently(() => look(name), system);
    if (!found) {
      const lock = await create(name, staleMs, system);
      if (lock) return lock;
    } else if (found.mark !== watched?.mark) {
      watched = found;
      since = performance.now();
    } else if (performance.now() - since > staleMs) {
      await breakLock(name, found, system);
    }
    if (performance.now() - begun > waitMs) {
      throw new UserError(
        `${file} cannot be written: another window holds its lock, ${name}.`,
        'Close the other windows that use it. If there are none, delete the lock.',
      );
    }
    await delay(PAUSE_MS);
  }
}

/** @returns nothing if another was faster */
async function create(name: string, staleMs: number, system: FileSystem): Promise<Lock | undefined> {
  const owner = randomBytes(16).toString('hex');
  let handle: FileHandle;
  try {
    handle = await patiently(() => open(name, NEW_FILE), system);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  try {
    await handle.writeFile(`${owner} ${new Date().toISOString()}\n`);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await tidy(name, system);
    throw error;
  }
  // By the handle: if the lock is another's by now, the other's is not touched.
  const timer = setInterval(() => {
    const now = new Date();
    handle.utimes(now, now).catch(() => undefined);
  }, staleMs / TOUCHES).unref();
  const isHeld = async (): Promise<boolean> =>
    (await look(name).catch(() => undefined))?.text.startsWith(owner) ?? false;
  return {
    isHeld,
    async release() {
      clearInterval(timer);
      await handle.close().catch(() => undefined);
      if (await isHeld()) await tidy(name, system);
    },
  };
}

/**
 * Removes a stale lock. Of several windows that try, one succeeds in renaming it; a slow one may rename the fresh lock of the one
 * that was faster, sees that, and puts it back.
 */
async function breakLock(name: string, stale: Found, system: FileSystem): Promise<void> {
  const aside = temporaryName(name);
  try {
    await patiently(() => system.rename(name, aside), system);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // A link, not a new name: it never replaces the lock of a third. Where it fails the owner asks `isHeld` before it writes.
  if ((await look(aside))?.mark !== stale.mark) await link(aside, name).catch(() => undefined);
  await tidy(aside, system);
}

/** @throws UserError if it is no file */
async function look(name: string): Promise<Found | undefined> {
  try {
    const stats = await lstat(name, { bigint: true });
    if (!stats.isFile()) {
      const what = stats.isSymbolicLink() ? 'a link' : stats.isDirectory() ? 'a folder' : 'no ordinary file';
      throw new UserError(`${name} is ${what}, where a lock belongs.`, 'Delete it, then try again.');
    }
    const text = await beginning(name);
    return { mark: [stats.ino, stats.mtimeNs, text].join(' '), text };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function beginning(name: string): Promise<string> {
  const handle = await open(name, constants.O_RDONLY | ((constants.O_NOFOLLOW as number | undefined) ?? 0));
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
