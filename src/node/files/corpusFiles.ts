import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { parseCorpusLine, type TaggedSentence } from '../../core';
import { fileError } from './files';
import { UserError } from '../../engine';

/**
 * Reads the sentences of a corpus file, which may be gzipped.
 * @throws UserError naming the line that is malformed
 */
export async function* corpusSentences(file: string): AsyncGenerator<TaggedSentence> {
  const raw = createReadStream(file);
  const input = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  raw.on('error', (error) => input.destroy(error));
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number++;
      if (line.trim() !== '') yield parseCorpusLine(line);
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_')) throw new UserError(`${file} is a damaged gzip file.`, 'Fetch it again.');
    if (code) throw fileError(error, file, 'read');
    throw new UserError(
      `${file}, line ${number}: ${message}.`,
      'Each line is one tagged sentence as JSON (docs/formats.md).',
    );
  }
}
