import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../engine/userError';

const root = path.resolve(__dirname, '..', '..', '..');
const data = path.resolve(root, '..', 'shared', 'data');

/** Path in `.cache` of something that tables compare the model with. @throws UserError if it was not made yet */
export function comparedPlace(...parts: readonly string[]): string {
  const place = path.join(root, '.cache', ...parts);
  if (existsSync(place)) return place;
  throw new UserError(`${path.relative(root, place)} is not there.`, '`npm run compared` makes it.');
}

/** Path of a file of the development data. @throws UserError if it does not exist */
export function developmentFile(...parts: readonly string[]): string {
  const file = path.join(data, ...parts);
  if (existsSync(file)) return file;
  throw new UserError(
    `${path.relative(root, file)} is not there.`,
    'The tables need the development corpora: SemEval-2007, SemCor, MASC and Word-in-Context.',
  );
}
