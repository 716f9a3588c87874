/**
 * Counts how often a word with this tag is a noun, verb, adjective or adverb, over the SemCor documents that
 * are not held out, among words that may be more than one of them, and writes src/languages/english/tagWeights.ts.
 *
 *     node scripts/dev/run.mjs scripts/release/fit-tag-weights.ts CORPUS
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTagger } from '../../src/languages/english/tagger';
import { PARTS_OF_SPEECH, type PartOfSpeech } from '../../src/core/model';
import { readableText } from '../../src/core/senses/taggedCorpus';
import { ENGLISH } from '../../src/languages/english/language';
import { dataPlaces, loadInventory } from '../../src/node/files/dataFiles';
import { heldOutDocuments, readDocuments } from '../../src/research/evaluation';

const root = path.resolve(__dirname, '..', '..');

async function main(): Promise<void> {
  const [corpus] = process.argv.slice(2);
  if (corpus === undefined) throw new Error('Name the SemCor file.');
  const heldOut = await heldOutDocuments(path.join(root, 'training', 'heldout.txt'));
  const inventory = await loadInventory(dataPlaces(root).wordnet, ENGLISH);
  const tagger = createTagger();
  const counts = new Map<string, Record<PartOfSpeech, number>>();
  for (const document of await readDocuments(corpus)) {
    // In this part of SemCor only verbs are tagged, which would make every word look like a verb.
    const { doc, part } = document[0] as { doc: string; part?: string };
    if (heldOut.has(doc) || part === 'brownv') continue;
    const { text, instances } = readableText(document);
    const tags = new Map(
      tagger.tag(text).flatMap(({ tokens }) => tokens.map(({ start, end, tag }) => [`${start}-${end}`, tag])),
    );
    for (const { start, end, partOfSpeech } of instances) {
      const tag = tags.get(`${start}-${end}`);
      const possible = new Set(inventory.lemmas(text.slice(start, end)).map((lemma) => lemma.partOfSpeech));
      if (tag === undefined || possible.size < 2) continue;
      const row = counts.get(tag) ?? { noun: 0, verb: 0, adj: 0, adv: 0 };
      row[partOfSpeech]++;
      counts.set(tag, row);
    }
  }
  const rows = [...counts]
    .map(([tag, row]) => [tag, PARTS_OF_SPEECH.map((part) => row[part] + 1)] as const)
    .map(([tag, row]) => ({ tag, row, total: row.reduce((a, b) => a + b) }))
    .filter(({ total }) => total >= 100)
    .sort((a, b) => (a.tag < b.tag ? -1 : 1))
    .map(
      ({ tag, row, total }) =>
        `  ${tag}: [${row.map((count) => Math.log(count / total).toFixed(2)).join(', ')}],`,
    );
  const file = path.join(root, 'src', 'languages', 'english', 'tagWeights.ts');
  const head = readFileSync(file, 'utf8').split('{\n')[0]!;
  writeFileSync(file, `${head}{\n${rows.join('\n')}\n};\n`);
}

void main();
