import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../engine';
import { FILE_SYSTEM, type FileSystem, NEW_FILE, patiently, temporaryName, tidy } from './system';

export interface Lock {
  /** Does this window still hold the lock? Another window takes it if this one was stopped for longer than `staleMs`. */
  isHeld(): Promise<boolean>;
  /** Removes the lock, unless another window holds it by now. */
  release(): Promise<void>;
}

export interface LockOptions {
  /** A lock that does not change for this long was left by a window that crashed. */
  readonly staleMs?: number;
  /** After this long waiting for the lock is given up. */
  readonly waitMs?: number;
  readonly system?: FileSystem;
}

/** How often a held lock is renewed in the time after which it would be stale. */
const TOUCHES = 4;
const PAUSE_MS = 20;
const MOST_BYTES = 200;

/** A lock file as it was when it was looked at. */
interface Found {
  /** Differs from that of any other lock in its place, and changes when the lock is renewed. */
  readonly mark: string;
  /** The text that the owner wrote into the lock file. */
  readonly text: string;
}

/**
 * Locks a file against other windows by a file beside it, `FILE.lock`, which holds a random word for its owner and the time. Its
 * date is renewed while the lock is held. A lock is stale if it is seen not to change; its date says nothing, as clocks differ.
 * @throws UserError when another window holds the lock too long, or the lock's place is taken by a folder or link; Node's errors
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

/** Makes the lock file. @returns `undefined` if another window was faster */
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
  // Renewed by the handle and not by name, so that the lock of another window is never renewed.
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
 * Removes a stale lock by renaming it, which only one of several windows can do. A slow window may rename the fresh lock of a
 * faster one instead; it notices that, and puts the lock back.
 */
async function breakLock(name: string, stale: Found, system: FileSystem): Promise<void> {
  const aside = temporaryName(name);
  try {
    await patiently(() => system.rename(name, aside), system);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Put back by a link, which never replaces a third window's lock. If it fails, the owner notices by `isHeld` before it writes.
  if ((await look(aside))?.mark !== stale.mark) await link(aside, name).catch(() => undefined);
  await tidy(aside, system);
}

/** The lock file; `undefined` if there is none. @throws UserError if there is a folder or link instead */
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
