import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../engine';
import { fileError, noFile, writeWhole } from './files';
import { acquireLock } from './lock';
import { realPlace } from './place';
import { decodeText } from './textFiles';

/**
 * What people write by hand or by picking comes nowhere near it; a repository may hold anything, and the whole file is parsed in the
 * editor's own process.
 */
const MOST_BYTES = 20e6;

/**
 * The text of a file that several windows share; empty if it does not exist.
 * @throws UserError when it cannot be read, is too large, or a link leads out of the reader's folder (`homeOf`)
 */
export async function readSharedFile(file: string): Promise<string> {
  try {
    const place = await realPlace(file, homeOf(file));
    const stats = await stat(place);
    if (!stats.isFile()) throw noFile(file, stats, 'read');
    if (stats.size > MOST_BYTES) throw tooLarge(`${file} is not read`, stats.size);
    return decodeText(await readFile(place), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw fileError(error, file, 'read');
  }
}

/**
 * Changes a shared file: reads it again and writes it whole or not at all, under a lock that keeps other windows out.
 * @param change returns the text to write; if it throws, the file stays as it was
 * @returns the text that was written
 * @throws UserError when the file cannot be read or written, is read-only or stays locked, or a link leads out of the reader's
 *   folder (`homeOf`)
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
      const bytes = Buffer.byteLength(after);
      // It could not be read again.
      if (bytes > MOST_BYTES) throw tooLarge(`${file} is left as it was`, bytes);
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

function tooLarge(outcome: string, bytes: number): UserError {
  const [has, most] = [bytes, MOST_BYTES].map((count) => `${Math.ceil(count / 1e6)} MB`);
  return new UserError(
    `${outcome}: ${has} are too much, ${most} the most it may have.`,
    'Delete what is not needed.',
  );
}

/**
 * The reader's folder that holds Glossight's folder (`.glossight`), in which a shared file lies. It may hold a stranger's
 * repository, so no link is followed out of it.
 */
function homeOf(file: string): string {
  return path.dirname(path.dirname(path.resolve(file)));
}

/** Locks a file beside its real place, so that it has the same lock through every link. */
async function lockOf(file: string): ReturnType<typeof acquireLock> {
  const place = await realPlace(file, homeOf(file));
  await mkdir(path.dirname(place), { recursive: true });
  return acquireLock(place);
}

/** Refuses a read-only file: it could be replaced, which is not what its owner wants. */
async function refuseReadOnly(file: string): Promise<void> {
  const mode = await stat(file).then(
    (stats) => stats.mode,
    () => undefined,
  );
  if (mode !== undefined && (mode & 0o222) === 0) {
    throw new UserError(`${file} cannot be written: it is read-only.`, 'Allow writing to it.');
  }
}
