/**
 * Makes model/semcor/semcor.jsonl.gz, from which readers build sense vectors for other encoders. The same corpus always gives
 * the same bytes.
 *
 *     npm run semcor -- CORPUS
 */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { dataPlaces } from '../../src/node/files/dataFiles';
import { heldOutDocuments, readDocuments } from '../../src/research/evaluation';
import { writeWhole } from '../../src/node/files/files';
import { shippedCorpus } from './shippedCorpus';

const root = path.resolve(__dirname, '..', '..');

async function main(): Promise<void> {
  const [corpus] = process.argv.slice(2);
  if (corpus === undefined) throw new Error('Name the SemCor file.');
  const sentences = (await readDocuments(corpus)).flat();
  const heldOut = await heldOutDocuments(path.join(root, 'training', 'heldout.txt'));
  const bytes = gzipSync(shippedCorpus(sentences, heldOut), { level: 9, memLevel: 9 });
  await writeWhole(dataPlaces(root).corpus, bytes);
  console.log(`${dataPlaces(root).corpus}: ${bytes.length} bytes`);
}

void main();
