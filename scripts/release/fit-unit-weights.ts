/**
 * Counts how often a verb and a particle that may be a preposition, or an article and a noun, are one unit where it is in question,
 * over the SemCor documents that are not held out, and writes src/languages/english/unitWeights.ts.
 *
 *     node scripts/dev/run.mjs scripts/release/fit-unit-weights.ts CORPUS
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTagger } from '../../src/languages/english/tagger';
import { findMultiwords } from '../../src/languages/english/multiwords';
import { readableText } from '../../src/core/senses/taggedCorpus';
import { ENGLISH } from '../../src/languages/english/language';
import { dataPlaces, loadInventory } from '../../src/node/files/dataFiles';
import { heldOutDocuments, readDocuments } from '../../src/research/evaluation';

const root = path.resolve(__dirname, '..', '..');
const IDIOM = 'idiom';
/** A verb and particle counted less often is judged by its particle. */
const FEWEST_OF_A_LEMMA = 20;

async function main(): Promise<void> {
  const [corpus] = process.argv.slice(2);
  if (corpus === undefined) throw new Error('Name the SemCor file.');
  const heldOut = await heldOutDocuments(path.join(root, 'training', 'heldout.txt'));
  const inventory = await loadInventory(dataPlaces(root).wordnet, ENGLISH);
  const tagger = createTagger();
  const counts = new Map<string, { units: number; apart: number }>();
  for (const document of await readDocuments(corpus)) {
    if (heldOut.has(document[0]!.doc)) continue;
    const { text, instances } = readableText(document);
    const tagged = new Set(instances.map(({ start, end }) => `${start}-${end}`));
    for (const { tokens } of tagger.tag(text)) {
      for (const { first, last, lemmas, logOdds } of findMultiwords(tokens, text, inventory)) {
        if (logOdds === undefined) continue;
        const { start, end } = tokens[first]!;
        const isUnit = tagged.has(`${start}-${tokens[last]!.end}`);
        // Neither tagged: nothing is known of it.
        if (isUnit === tagged.has(`${start}-${end}`)) continue;
        const { lemma } = lemmas[0]!;
        const parts = lemma.split('_');
        for (const kind of parts.length === 2 ? [lemma, parts[1]!] : [IDIOM]) {
          const count = counts.get(kind) ?? { units: 0, apart: 0 };
          count[isUnit ? 'units' : 'apart']++;
          counts.set(kind, count);
        }
      }
    }
  }
  const rows = [...counts]
    .filter(([kind, { units, apart }]) => !kind.includes('_') || units + apart >= FEWEST_OF_A_LEMMA)
    .map(([kind, { units, apart }]) => `  ${kind}: ${Math.log((units + 1) / (apart + 1)).toFixed(1)},\n`)
    .sort();
  const file = path.join(root, 'src', 'languages', 'english', 'unitWeights.ts');
  const head = readFileSync(file, 'utf8').split('{\n')[0]!;
  writeFileSync(file, `${head}{\n${rows.join('')}};\n`);
}

void main();
