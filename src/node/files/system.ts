import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** The calls that can fail for a moment on Windows; tests replace them. */
export interface FileSystem {
  readonly platform: NodeJS.Platform;
  rename(from: string, to: string): Promise<void>;
}

export const FILE_SYSTEM: FileSystem = { platform: process.platform, rename };

/** Flags that create a file only if there is nothing in its place, and follow no link; on Windows the latter has no flag. */
export const NEW_FILE =
  constants.O_WRONLY |
  constants.O_CREAT |
  constants.O_EXCL |
  ((constants.O_NOFOLLOW as number | undefined) ?? 0);

const PASSING = ['EPERM', 'EACCES', 'EBUSY'];
const MOST_TRIES = 20;
const LONGEST_PAUSE_MS = 100;

/**
 * Tries again for up to 1.5 seconds on Windows, where a file that another program is reading, such as a virus scanner, cannot be
 * renamed or removed for a moment. On other systems such errors are final.
 */
export async function patiently<T>(work: () => Promise<T>, { platform }: FileSystem): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (platform !== 'win32' || !PASSING.includes(code) || tries === MOST_TRIES) throw error;
      await delay(Math.min(tries * 10, LONGEST_PAUSE_MS));
    }
  }
}

/** A new name beside a file. It is random, so that nobody can have put a link there. */
export function temporaryName(file: string): string {
  return `${file}.${randomBytes(8).toString('hex')}.tmp`;
}

/** Did `temporaryName` make this name for the file, or for a file whose name begins with the file's, such as its lock? */
export function isTemporaryOf(file: string, name: string): boolean {
  return name.startsWith(`${path.basename(file)}.`) && /\.[0-9a-f]{16}\.tmp$/.test(name);
}

/** Removes one of Glossight's files; failing to do so is ignored. */
export async function tidy(file: string, system: FileSystem): Promise<void> {
  await patiently(() => rm(file, { force: true }), system).catch(() => undefined);
}
