/**
 * Makes a sense index of trained sense vectors, from an index built with the trained encoder: counts of uses and
 * the part-of-speech model stay, vectors and scale are replaced.
 *
 *     node scripts/run.mjs scripts/trained-senses.ts ENCODER INDEX RELEASE OUT
 *
 * RELEASE is what `glossight_training.release` wrote: senses.npy and senses.json.
 */
import path from 'node:path';
import {
  dataPlaces,
  loadInventory,
  loadSenseIndex,
  openEncoderFolder,
  readBytes,
  sha256,
  UserError,
  writeWhole,
} from '../src/runtime';
import { readMatrix } from './npyMatrix';
import { trainedSenseIndex } from './trainedIndex';

const root = path.resolve(__dirname, '..');

async function main(): Promise<void> {
  const [folder, built, release, out] = process.argv.slice(2);
  if (folder === undefined || built === undefined || release === undefined || out === undefined)
    throw new UserError('Something is not named.', 'Name ENCODER, INDEX, RELEASE and OUT.');
  const inventory = await loadInventory(dataPlaces(root).wordnet);
  const { info } = await openEncoderFolder(folder);
  const index = await loadSenseIndex(built, { encoder: info, layer: 'mean4', inventory });
  const bytes = await readBytes(path.join(release, 'senses.npy'));
  const described = JSON.parse((await readBytes(path.join(release, 'senses.json'))).toString('utf8')) as {
    readonly sha256: string;
    readonly senses: readonly number[];
  };
  if (sha256(bytes) !== described.sha256)
    throw new UserError(`${release} is damaged.`, 'Export the run again.');
  const rows = readMatrix(bytes);
  const file = trainedSenseIndex(index, described.senses, rows);
  await writeWhole(out, file);
  console.log(`${out}: ${file.length} bytes, ${rows.length} senses`);
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
