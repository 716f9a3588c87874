import { existsSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parsePairLine, type UsePair } from './wordInContext';
import { readBytes } from '../node/files';
import { decodeText } from '../node/files';
import { UserError } from '../engine';

/** The files of Word-in-Context: one with the pairs, maybe gzipped, and one with T or F for each pair. */
export interface WicFiles {
  readonly data: string;
  readonly gold: string;
}

/** @throws UserError naming the line that is malformed */
export async function readWic({ data, gold }: WicFiles): Promise<UsePair[]> {
  const pairs = (await linesOf(data)).map((line, i) => {
    try {
      return parsePairLine(line);
    } catch (error) {
      throw new UserError(
        `${data}, line ${i + 1}: ${(error as Error).message}.`,
        'Each line is word, N or V, the places of both words, and both sentences, with tabs between.',
      );
    }
  });
  const answers = await linesOf(gold);
  const wrong = answers.findIndex((answer) => answer !== 'T' && answer !== 'F');
  if (wrong >= 0)
    throw new UserError(`${gold}, line ${wrong + 1} is neither T nor F.`, 'Each line is one of the two.');
  if (answers.length !== pairs.length)
    throw new UserError(
      `${gold} has ${answers.length} lines, ${data} has ${pairs.length}.`,
      'Check that the one belongs to the other.',
    );
  return pairs.map((pair, i) => ({ ...pair, same: answers[i] === 'T' }));
}

/** The training files in the folder of a data file, if they have the data set's usual names. */
export function wicTrainingBeside(data: string): WicFiles | undefined {
  const beside = (name: string): string => path.join(path.dirname(data), name);
  const train = ['train.data.txt', 'train.data.txt.gz'].map(beside).find((file) => existsSync(file));
  const gold = beside('train.gold.txt');
  return train !== undefined && existsSync(gold) ? { data: train, gold } : undefined;
}

/** The lines of a file, without empty lines at its end. */
async function linesOf(file: string): Promise<string[]> {
  const bytes = await readBytes(file);
  return decodeText(file.endsWith('.gz') ? unzipped(bytes, file) : bytes, file)
    .trimEnd()
    .split(/\r?\n/);
}

function unzipped(bytes: Uint8Array, file: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch {
    throw new UserError(`${file} is a damaged gzip file.`, 'Fetch it again.');
  }
}
