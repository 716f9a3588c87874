import path from 'node:path';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { fileError, writeWhole } from './files';
import { decodeText } from './textFiles';
import { UserError } from '../../engine';

/** Another window writes for milliseconds; a lock older than this was left by one that crashed. */
const STALE_LOCK_MS = 10_000;
const LOCK_PAUSE_MS = 20;

/**
 * The text of a file that several windows share; empty where there is none.
 * @throws UserError
 */
export async function readSharedFile(file: string): Promise<string> {
  try {
    return decodeText(await readFile(file), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error instanceof UserError ? error : fileError(error, file, 'read');
  }
}

/**
 * Changes a shared file: reads it anew, and writes it whole or not at all, while a lock keeps other windows out.
 * @param change gives the text to write; what it throws leaves the file as it was
 * @returns the text that was written
 * @throws UserError when the file cannot be read or written, or is marked read-only
 */
export async function changeSharedFile(file: string, change: (text: string) => string): Promise<string> {
  const unlock = await lock(`${file}.lock`, file);
  try {
    const before = await readSharedFile(file);
    const after = change(before);
    if (after !== before) {
      await refuseReadOnly(file);
      await writeWhole(file, after);
    }
    return after;
  } finally {
    await unlock();
  }
}

/** A file can be replaced although it is marked read-only; whoever marked it did not mean that. */
async function refuseReadOnly(file: string): Promise<void> {
  const mode = await stat(file).then(
    (found) => found.mode,
    () => undefined,
  );
  if (mode !== undefined && (mode & 0o222) === 0) {
    throw new UserError(`${file} cannot be written: it is read-only.`, 'Allow writing to it.');
  }
}

/** @returns what unlocks */
async function lock(name: string, file: string): Promise<() => Promise<void>> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    for (;;) {
      const handle = await open(name, 'wx').catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
        throw error;
      });
      await handle?.close();
      if (handle) return () => rm(name, { force: true });
      const made = await stat(name).then(
        ({ mtimeMs }) => mtimeMs,
        () => Infinity,
      );
      if (Date.now() - made > STALE_LOCK_MS) await rm(name, { force: true });
      await delay(LOCK_PAUSE_MS);
    }
  } catch (error) {
    throw fileError(error, file, 'written');
  }
}
