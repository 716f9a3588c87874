import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../engine';
import { realPlace } from './place';
import {
  FILE_SYSTEM,
  type FileSystem,
  isTemporaryOf,
  NEW_FILE,
  patiently,
  temporaryName,
  tidy,
} from './system';

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

// Why not write-file-atomic: it follows links wherever they lead; it opens a temporary file, whose name can be guessed, even if
// there is one already; and its present version needs a newer Node than the supported editors have.
// Why not proper-lockfile: two windows can take the same stale lock (its open issue 121), and there was no release for years.

/** A temporary file that has not changed for this long was left by a crash. */
const LEFTOVER_MS = 60 * 60 * 1000;

export interface WriteOptions {
  /** A folder that must not be left by links (`realPlace`). */
  readonly within?: string;
  readonly system?: FileSystem;
}

/**
 * Writes a whole file or nothing, so that nobody ever reads a half-written file. If the file is a link, its target is written.
 * A file that exists keeps its mode.
 * @throws UserError when the disk is full, the place cannot be written, or a link leads out of `within`; nothing is changed then
 */
export async function writeWhole(
  file: string,
  bytes: Uint8Array | string,
  { within, system = FILE_SYSTEM }: WriteOptions = {},
): Promise<void> {
  try {
    const place = await realPlace(file, within);
    await mkdir(path.dirname(place), { recursive: true });
    await removeLeftovers(place);
    const mode = await modeOf(place);
    const temporary = temporaryName(place);
    try {
      await writeNew(temporary, bytes, mode);
      await patiently(() => system.rename(temporary, place), system);
    } catch (error) {
      await tidy(temporary, system);
      throw error;
    }
  } catch (error) {
    throw fileError(error, file, 'written');
  }
}

async function writeNew(file: string, bytes: Uint8Array | string, mode: number | undefined): Promise<void> {
  const handle = await open(file, NEW_FILE, mode);
  try {
    // The user's mask has narrowed the mode given to `open`. On a file system without modes this fails, and nothing is lost.
    if (mode !== undefined) await handle.chmod(mode).catch(() => undefined);
    // Not one `write`, which on a disk that fills up may write a part and call that a success.
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The mode of a file; `undefined` if it does not exist. @throws UserError if there is a folder or a device instead */
async function modeOf(place: string): Promise<number | undefined> {
  const stats = await stat(place).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (stats && !stats.isFile()) throw noFile(place, stats, 'written');
  return stats && stats.mode & 0o777;
}

/** Removes temporary files that crashes left beside a file. */
export async function removeLeftovers(place: string): Promise<void> {
  const folder = path.dirname(place);
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter((each) => isTemporaryOf(place, each))) {
    const leftover = path.join(folder, name);
    const stats = await lstat(leftover).catch(() => undefined);
    if (stats?.isFile() && Date.now() - stats.mtimeMs > LEFTOVER_MS) await tidy(leftover, FILE_SYSTEM);
  }
}

/** The error for something that is no ordinary file: reading a pipe or a device would never end. */
export function noFile(place: string, stats: Stats, done: 'read' | 'written'): UserError {
  const what = stats.isDirectory() ? 'a folder' : 'no ordinary file';
  return new UserError(`${place} cannot be ${done}: it is ${what}.`, 'Name a file.');
}

/** Node's error about a file as a `UserError`, which says what to do; a `UserError` is returned as it is. */
export function fileError(error: unknown, file: string, done: 'read' | 'written'): UserError {
  if (error instanceof UserError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const problems = done === 'written' ? { ...FILE_PROBLEMS, ...WRITE_PROBLEMS } : FILE_PROBLEMS;
  const [problem, remedy] = problems[code] ?? [`failed (${code})`, 'Check the file and try again.'];
  return new UserError(`${file} cannot be ${done}: ${problem}.`, remedy);
}

const FILE_PROBLEMS: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  ENOENT: ['there is no such file', 'Check the path.'],
  ENOTDIR: ['part of its path is not a folder', 'Check the path.'],
  EISDIR: ['it is a folder', 'Name a file.'],
  EACCES: ['permission is denied', 'Check who may read and write it.'],
  EPERM: ['permission is denied', 'Check who may read and write it.'],
  EBUSY: ['another program has it open', 'Close that program and try again.'],
  ELOOP: ['its links lead in a circle', 'Delete the links.'],
  EROFS: ['the file system is read-only', 'Choose another place.'],
  ENOSPC: ['the disk is full', 'Free some space and run the command again.'],
  EFBIG: ['the file would be larger than this system allows', 'Raise the limit or choose another place.'],
  EDQUOT: ['your disk quota is used up', 'Free some space and run the command again.'],
};

const WRITE_PROBLEMS: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  ENOENT: ['its folder does not exist', 'Check the path.'],
  // Making a folder fails with EEXIST when there is a file in its place.
  EEXIST: ['part of its path is not a folder', 'Check the path.'],
};
