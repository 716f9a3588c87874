import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { RECIPE_NAMES } from '../../src/core/senses/recipes';
import type { SenseIndex } from '../../src/core/senses/senseIndex';
import { corpusSentences } from '../../src/node/files/corpusFiles';
import { heldOutDocuments } from '../../src/research/evaluation';
import { loadSenseIndex } from '../../src/node/files/dataFiles';
import { minilm, places, SHARED, wordnet } from '../support/artifacts';

const root = path.resolve(__dirname, '..', '..');
const heldOutList = path.join(root, 'training', 'heldout.txt');
const semcor = path.join(SHARED, 'semcor', 'semcor.jsonl.gz');

for (const recipe of RECIPE_NAMES) {
  describe(`The shipped sense index, ${recipe}`, () => {
    // Opening compares the checksum, and refuses another encoder, layer rule or WordNet.
    const open = async (): Promise<SenseIndex> => {
      const { encoder } = await minilm();
      return loadSenseIndex(places.index(recipe), {
        encoder: encoder.info,
        layer: 'mean4',
        inventory: wordnet(),
      });
    };

    it('is whole, and made from what ships', async () => {
      const { encoder } = await minilm();
      const { manifest } = await open();
      assert.equal(manifest.encoder.id, encoder.info.id);
      assert.equal(manifest.layer, 'mean4');
      assert.equal(manifest.trained, recipe === 'default');
      assert.equal(manifest.wordnet.id, wordnet().id);
      assert.equal(manifest.dimensions, encoder.info.dimensions);
      assert.deepEqual(
        manifest.corpora.map(({ name }) => name),
        ['semcor.jsonl.gz'],
      );
      assert.equal(manifest.corpora[0]!.heldOut, 31);
      assert.ok(manifest.licences.some((notice) => notice.includes('SemCor')));
    });

    it('has finite vectors that point somewhere', async () => {
      const index = await open();
      const inventory = wordnet();
      const { dimensions } = index.manifest;
      let averages = 0;
      for (let sense = 0; sense < inventory.senseCount; sense++) {
        const average = index.average(sense);
        // A sense gets a trained vector without a tagged use if its lemma has several senses.
        assert.equal(
          average !== undefined,
          recipe === 'default' ? isPolysemous(sense) : index.uses(sense) > 0,
        );
        if (!average) continue;
        averages++;
        assert.equal(average.values.length, dimensions);
        assert.ok(Number.isFinite(average.scale) && average.scale > 0, inventory.key(sense));
        assert.ok(average.values.includes(127) || average.values.includes(-127), inventory.key(sense));
      }
      assert.equal(averages, index.manifest.averages);
      for (const { mean, deviation } of [index.standardisation, index.glossStandardisation]) {
        assert.ok(mean.every(Number.isFinite));
        assert.ok(deviation.every((value) => Number.isFinite(value) && value >= 0));
      }
      assert.ok(index.partOfSpeechModel.weights.every(Number.isFinite));
    });

    it('counts every use outside the held-out documents, and none inside', async function () {
      if (!existsSync(semcor)) {
        console.warn(`      SKIPPED: ${path.relative(root, semcor)} is not there`);
        this.skip();
      }
      const index = await open();
      const inventory = wordnet();
      const expected = await usesOutside(await heldOutDocuments(heldOutList));
      const wrong: string[] = [];
      for (let sense = 0; sense < inventory.senseCount; sense++) {
        const [count, key] = [expected.get(inventory.key(sense)) ?? 0, inventory.key(sense)];
        if (index.uses(sense) !== count) wrong.push(`${key}: ${index.uses(sense)}, not ${count}`);
      }
      assert.deepEqual(wrong, []);
    });
  });
}

function isPolysemous(sense: number): boolean {
  const inventory = wordnet();
  const { lemma, partOfSpeech } = inventory.describe(sense);
  return inventory.senses(lemma.toLowerCase(), partOfSpeech).length > 1;
}

/** Uses of each sense key in SemCor, counted here without the index builder's code. */
async function usesOutside(heldOut: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const uses = new Map<string, number>();
  const documents = new Set<string>();
  for await (const { doc, tokens } of corpusSentences(semcor)) {
    if (heldOut.has(doc)) {
      documents.add(doc);
      continue;
    }
    for (const key of tokens.flatMap(({ keys = [] }) => keys)) uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  assert.equal(documents.size, 31);
  return uses;
}
