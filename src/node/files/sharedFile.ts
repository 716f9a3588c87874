import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../engine';
import { fileError, noFile, writeWhole } from './files';
import { acquireLock } from './lock';
import { realPlace } from './place';
import { decodeText } from './textFiles';

/**
 * The text of a file that several windows share; empty where there is none.
 * @throws UserError, also for a link out of the folder that holds the file's folder
 */
export async function readSharedFile(file: string): Promise<string> {
  try {
    const place = await realPlace(file, homeOf(file));
    const stats = await stat(place);
    if (!stats.isFile()) throw noFile(file, stats, 'read');
    return decodeText(await readFile(place), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw fileError(error, file, 'read');
  }
}

/**
 * Changes a shared file: reads it anew, and writes it whole or not at all, while a lock keeps other windows out.
 * @param change gives the text to write; what it throws leaves the file as it was
 * @returns the text that was written
 * @throws UserError when the file cannot be read or written, is marked read-only, stays locked, or is behind a link out of the
 *   folder that holds the file's folder
 */
export async function changeSharedFile(file: string, change: (text: string) => string): Promise<string> {
  const lock = await lockOf(file).catch((error: unknown) => {
    throw fileError(error, file, 'written');
  });
  try {
    const before = await readSharedFile(file);
    const after = change(before);
    if (after !== before) {
      await refuseReadOnly(file);
      if (!(await lock.isHeld())) {
        throw new UserError(`${file} is left as it was: another window took its lock.`, 'Try again.');
      }
      await writeWhole(file, after, { within: homeOf(file) });
    }
    return after;
  } finally {
    await lock.release();
  }
}

/**
 * A shared file lies in a folder of ours (`.glossight`) in a folder of the reader's. That one may hold a stranger's repository, so
 * no link is followed out of it.
 */
function homeOf(file: string): string {
  return path.dirname(path.dirname(path.resolve(file)));
}

/** Beside what the file really is, so that two links to it have one lock. */
async function lockOf(file: string): ReturnType<typeof acquireLock> {
  const place = await realPlace(file, homeOf(file));
  await mkdir(path.dirname(place), { recursive: true });
  return acquireLock(place);
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
