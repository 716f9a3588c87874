/**
 * Makes the sense indexes that ship, one per recipe, from an index built with the trained encoder and from the files of
 * `glossight_training.release` (senses.npy and senses.json):
 *
 *     node scripts/dev/run.mjs scripts/release/ship-senses.ts ENCODER INDEX RELEASE OUT
 *
 * OUT gets default.bin, the trained vectors, and textbook.bin, the averages alone.
 */
import path from 'node:path';
import { ENGLISH } from '../../src/languages/english/language';
import { dataPlaces, loadInventory, loadSenseIndex, readBytes } from '../../src/node/files/dataFiles';
import { openEncoderFolder } from '../../src/node/encoder/encoderFolder';
import { sha256, writeWhole } from '../../src/node/files/files';
import { UserError } from '../../src/engine/userError';
import { readMatrix } from './npyMatrix';
import { averagesOnly, trainedIndex } from './shippedIndexes';

const root = path.resolve(__dirname, '..', '..');

/** Licence notices of the corpora that a training run can name (training/sets.json). */
const LICENCES: Readonly<Record<string, string>> = {
  semcor: 'SemCor 3.0: WordNet licence',
  masc: 'MASC word sense annotation of Google: CC BY 4.0',
  glosses: 'Princeton WordNet Gloss Corpus: WordNet licence',
  examples: 'Usage examples of WordNet 3.0: WordNet licence',
};

async function main(): Promise<void> {
  const [folder, built, release, out] = process.argv.slice(2);
  if (folder === undefined || built === undefined || release === undefined || out === undefined)
    throw new UserError('Arguments are missing.', 'Name ENCODER, INDEX, RELEASE and OUT.');
  const inventory = await loadInventory(dataPlaces(root).wordnet, ENGLISH);
  const { info } = await openEncoderFolder(folder);
  const index = await loadSenseIndex(built, { encoder: info, layer: 'mean4', inventory });
  const bytes = await readBytes(path.join(release, 'senses.npy'));
  const described = JSON.parse((await readBytes(path.join(release, 'senses.json'))).toString('utf8')) as {
    readonly sha256: string;
    readonly senses: readonly number[];
    readonly sources: readonly string[];
  };
  if (sha256(bytes) !== described.sha256)
    throw new UserError(`${release} is damaged.`, 'Export the run again.');
  const licences = new Set([...index.manifest.licences, ...described.sources.map((name) => LICENCES[name]!)]);
  const files = {
    'default.bin': trainedIndex(
      index,
      { senses: described.senses, rows: readMatrix(bytes), licences: [...licences] },
      inventory.senseCount,
    ),
    'textbook.bin': averagesOnly(index, inventory.senseCount),
  };
  for (const [name, file] of Object.entries(files)) {
    await writeWhole(path.join(out, name), file);
    console.log(`${name}: ${file.length.toLocaleString('en')} bytes`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
