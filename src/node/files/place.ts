import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../engine';

/**
 * The path of a file after all links on the way are followed, also of a file that does not exist yet.
 * @param within a folder that must not be left: its links may come from a stranger's repository
 * @throws UserError for a link that leads out of the folder or nowhere; Node's errors
 */
export async function realPlace(file: string, within?: string): Promise<string> {
  const place = await followed(path.resolve(file));
  if (within === undefined) return place;
  const folder = await followed(path.resolve(within));
  const inside = path.relative(folder, place);
  if (inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) {
    throw new UserError(
      `${file} is left alone: a link on the way to it leads out of ${within}, to ${place}.`,
      'Put a file or folder of its own in the place of the link.',
    );
  }
  return place;
}

async function followed(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const isLink = await lstat(file).then(
    (stats) => stats.isSymbolicLink(),
    () => false,
  );
  if (isLink) throw new UserError(`${file} is a link that leads nowhere.`, 'Delete the link.');
  const folder = path.dirname(file);
  return folder === file ? file : path.join(await followed(folder), path.basename(file));
}
