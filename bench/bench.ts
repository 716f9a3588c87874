/**
 * Measures Glossight, and libraries that it could have used instead, in one run.
 *
 *     npm run bench                    all parts, to standard output
 *     npm run bench -- tagger loading  these parts
 *     npm run bench -- --write         the tables of docs/words.md and docs/encoder.md too
 */
import { loadavg } from 'node:os';
import { UserError } from '../src/engine/userError';
import { batchesPart } from './parts/batches';
import { cachePart } from './parts/cache';
import { editorPart } from './parts/editor';
import { encoderPart } from './parts/encoder';
import { instancesPart } from './parts/instances';
import { loadingPart } from './parts/loading';
import { readingPart } from './parts/reading';
import { taggerPart } from './parts/tagger';
import { wordPiecesPart } from './parts/wordPieces';
import { machine, type Report, toMarkdown, write } from './support/report';

const PARTS: Readonly<Record<string, () => Promise<Report[]>>> = {
  editor: editorPart,
  encoder: encoderPart,
  batches: batchesPart,
  tagger: taggerPart,
  'word-pieces': wordPiecesPart,
  reading: readingPart,
  instances: instancesPart,
  loading: loadingPart,
  cache: cachePart,
};

async function main(args: readonly string[]): Promise<void> {
  const named = args.filter((arg) => arg !== '--write');
  const unknown = named.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    throw new UserError(`There is no part "${unknown}".`, `Choose from ${Object.keys(PARTS).join(', ')}.`);
  }
  console.log(`${machine()}\n`);
  const busy = loadavg()[0]!;
  if (busy > 0.5)
    console.error(`The machine is busy (load ${busy.toFixed(1)}): run this again when it is quiet.`);
  for (const name of named.length > 0 ? named : Object.keys(PARTS)) {
    try {
      for (const report of await PARTS[name]!()) {
        console.log(`### ${report.name}\n\n${await toMarkdown(report)}`);
        if (args.includes('--write')) await write(report);
      }
    } catch (error) {
      // A part without its data is left out; the others still run.
      if (!(error instanceof UserError)) throw error;
      console.error(`${name} is left out. ${error.message}`);
      process.exitCode = 1;
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
