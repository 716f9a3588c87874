import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../src/runtime';

const root = path.resolve(__dirname, '..');
const data = path.resolve(root, '..', 'shared', 'data');

/** A file of the development data. @throws UserError without it */
export function developmentFile(...parts: readonly string[]): string {
  const file = path.join(data, ...parts);
  if (existsSync(file)) return file;
  throw new UserError(
    `${path.relative(root, file)} is not there.`,
    'The tables need the development corpora: SemEval-2007, SemCor, MASC and Word-in-Context.',
  );
}
