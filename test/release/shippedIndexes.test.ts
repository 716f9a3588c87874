import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createSenseRanker } from '../../src/core/senses/nearest';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import type { LayerRule } from '../../src/core/model';
import { openSenseIndex, type SenseIndex } from '../../src/core/senses/senseIndex';
import { buildSenseIndex } from '../../src/node/index-build/indexBuilder';
import { sha256 } from '../../src/node/files/files';
import { averagesOnly, trainedIndex } from '../../scripts/release/shippedIndexes';
import { encoderVocabulary, fitted } from '../support/artifacts';
import { createFakeEncoder } from '../support/fakeEncoder';
import { smallWordnet } from '../support/smallWordnet';
import { temporaryFolder } from '../support/temporary';

const MONEY = 'bank%1:14:00::';
const layer: LayerRule = 'mean4';

describe('an index of trained sense vectors, as it ships', () => {
  const inFolder = temporaryFolder();
  const encoder = createFakeEncoder();
  const inventory = smallWordnet(50);
  const open = (bytes: Uint8Array): SenseIndex =>
    openSenseIndex(bytes, { encoder: encoder.info, layer, inventory }, sha256);
  const senses = inventory.senses('bank', 'noun');
  const rows = senses.map((_, i) => Float32Array.from({ length: 8 }, (_, j) => (i % 8 === j ? 1 : i / 20)));
  const trained = { senses, rows, licences: ['A notice'] };
  let built: SenseIndex;

  before(async () => {
    const tokens = [
      { text: 'bank', lemma: 'bank', pos: 'NOUN', keys: [MONEY] },
      { text: 'closed', lemma: 'close', pos: 'X' },
    ];
    const [corpus, out] = [inFolder('corpus.jsonl'), inFolder('built.bin')];
    writeFileSync(corpus, JSON.stringify({ id: 's', doc: 'd', tokens }));
    await buildSenseIndex({
      corpora: [corpus],
      out,
      layer,
      inventory,
      encoder,
      wordPieces: createWordPieceTokenizer(encoderVocabulary()),
      heldOut: new Set(),
      licences: [],
    });
    built = open(readFileSync(out));
  });

  it('has a vector for senses without uses, and keeps the counts of those that have some', () => {
    const index = open(trainedIndex(built, trained, inventory.senseCount));
    for (const sense of senses) {
      assert.ok(index.average(sense));
      assert.equal(index.uses(sense), inventory.key(sense) === MONEY ? 1 : 0);
    }
    assert.deepEqual(index.partOfSpeechModel, built.partOfSpeechModel);
    assert.equal(index.manifest.trained, true);
    assert.deepEqual(index.manifest.licences, trained.licences);
  });

  it('goes beside the averages alone, as they were built', () => {
    const index = open(averagesOnly(built, inventory.senseCount));
    assert.equal(index.manifest.trained, false);
    assert.deepEqual([index.manifest.averages, index.manifest.glosses], [1, 0]);
    const tagged = inventory.find(MONEY)!;
    assert.deepEqual(index.average(tagged), built.average(tagged));
    assert.deepEqual(index.standardisation, built.standardisation);
  });

  it('is compared by plain cosine: a word goes to the nearest trained vector, tagged or not', () => {
    const ranker = createSenseRanker(
      open(trainedIndex(built, trained, inventory.senseCount)),
      inventory,
      fitted.textbook.recipe,
    );
    for (const i of [1, 4]) {
      const word = rows[i]!.map((value) => value * 3);
      const [best] = ranker.rank(word, senses);
      assert.equal(best!.sense, senses[i]);
      assert.ok(Math.abs(best!.cosine - 1) < 0.001, `${best!.cosine}`);
    }
  });
});
