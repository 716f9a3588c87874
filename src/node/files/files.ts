import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../engine';

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Writes a whole file or none: a reader never meets a half-written one.
 * @throws UserError when the disk is full or the place cannot be written
 */
export async function writeWhole(file: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(path.dirname(path.resolve(file)), { recursive: true });
    // Not one `write`, which on a disk that fills up may write a part and call that a success.
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    // Where it could not be made there is nothing to remove either.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw fileError(error, file, 'written');
  }
}

/** Node's error for a file, as something a user can act on. */
export function fileError(error: unknown, file: string, done: 'read' | 'written'): UserError {
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
  EROFS: ['the file system is read-only', 'Choose another place.'],
  ENOSPC: ['the disk is full', 'Free some space and run the command again.'],
  EFBIG: ['the file would be larger than this system allows', 'Raise the limit or choose another place.'],
  EDQUOT: ['your disk quota is used up', 'Free some space and run the command again.'],
};

const WRITE_PROBLEMS: Readonly<Record<string, readonly [problem: string, remedy: string]>> = {
  ENOENT: ['its folder does not exist', 'Check the path.'],
  // What making a folder says when a file is in its place.
  EEXIST: ['part of its path is not a folder', 'Check the path.'],
};
