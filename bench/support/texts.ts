import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../../src/engine/userError';
import { root } from './report';

const shared = path.resolve(root, '..', 'shared', 'data');

/** Path of a file of the development data. @throws UserError if it does not exist */
export function dataFile(...parts: string[]): string {
  const file = path.join(shared, ...parts);
  if (!existsSync(file)) {
    throw new UserError(
      `${path.relative(root, file)} is not there.`,
      'This part needs the development data; the others run without.',
    );
  }
  return file;
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

export function mobyDick(): NamedText {
  return novel('Moby-Dick', 'moby-dick.txt.gz');
}

export function warAndPeace(): NamedText {
  return novel('War and Peace', 'war-and-peace.txt.gz');
}

function novel(name: string, file: string): NamedText {
  return { name, text: gunzipSync(readFileSync(dataFile('demo', file))).toString('utf8') };
}

/** Prose for a few seconds of work: from the middle of a novel, or the sentences of a fixture if there is no novel. */
export function sampleText(characters: number): NamedText {
  try {
    const { text } = mobyDick();
    const start = text.indexOf('\n\n', text.length >> 1) + 2;
    return {
      name: 'Moby-Dick, from its middle',
      text: text.slice(start, text.indexOf('\n\n', start + characters)),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const file = path.join(root, 'test', 'fixtures', 'parity', 'sentences.json');
    const sentences = JSON.parse(readFileSync(file, 'utf8')) as readonly { readonly text: string }[];
    return { name: 'the parity fixture', text: sentences.map(({ text }) => text).join('\n\n') };
  }
}

export function countWords(text: string): number {
  return text.match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}
