import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { openArtifact } from '../../src/core/senses/artifact';
import { SENSE_INDEX } from '../../src/core/senses/senseIndex';
import { buildSenseIndex } from '../../src/node/index-build/indexBuilder';
import { corpusSentences } from '../../src/node/files/corpusFiles';
import { heldOutDocuments, readDocuments } from '../../src/research/evaluation';
import { shippedCorpus } from '../../scripts/release/shippedCorpus';
import { encoderVocabulary, places, SHARED } from '../support/artifacts';
import { root } from '../support/cli';
import { createFakeEncoder } from '../support/fakeEncoder';
import { smallWordnet } from '../support/smallWordnet';
import { temporaryFolder } from '../support/temporary';

const ORIGINAL = path.join(SHARED, 'semcor', 'semcor.jsonl.gz');

function skipWithoutOriginal(test: Mocha.Context): void {
  if (existsSync(ORIGINAL)) return;
  console.warn('      SKIPPED: the development corpora are not here.');
  test.skip();
}

describe('the SemCor text that ships', () => {
  const inFolder = temporaryFolder();
  const heldOut = (): Promise<ReadonlySet<string>> =>
    heldOutDocuments(path.join(root, 'training', 'heldout.txt'));

  it('holds no held-out document', async () => {
    const held = await heldOut();
    assert.equal(held.size, 96);
    const documents = new Set<string>();
    for await (const { doc } of corpusSentences(places.corpus)) documents.add(doc);
    assert.ok(documents.size > 300, `${documents.size} documents`);
    assert.deepEqual(
      [...documents].filter((doc) => held.has(doc)),
      [],
    );
  });

  it('is what the script makes of SemCor', async function () {
    skipWithoutOriginal(this);
    const sentences = (await readDocuments(ORIGINAL)).flat();
    const shipped = gunzipSync(readFileSync(places.corpus)).toString('utf8');
    assert.ok(shipped === shippedCorpus(sentences, await heldOut()));
  });

  it('gives the vectors that SemCor gives with its held-out documents left out', async function () {
    skipWithoutOriginal(this);
    const held = await heldOut();
    const original = await readDocuments(ORIGINAL);
    const slice = original.slice(0, 15);
    assert.ok(slice.some(([first]) => held.has(first!.doc)));
    const kept = new Set(slice.map(([first]) => first!.doc));
    const shipped = (await readDocuments(places.corpus)).filter(([first]) => kept.has(first!.doc));

    const sections = async (
      name: string,
      documents: typeof slice,
      leaveOut: ReadonlySet<string>,
    ): Promise<Uint8Array> => {
      const corpus = inFolder(`${name}.jsonl`);
      const lines = documents.flat().map((sentence) => `${JSON.stringify(sentence)}\n`);
      writeFileSync(corpus, lines.join(''));
      const out = inFolder(`${name}.bin`);
      await buildSenseIndex({
        corpora: [corpus],
        out,
        layer: 'last',
        inventory: smallWordnet(600),
        encoder: createFakeEncoder(),
        wordPieces: createWordPieceTokenizer(encoderVocabulary()),
        heldOut: leaveOut,
        licences: [],
      });
      const artifact = openArtifact(readFileSync(out), SENSE_INDEX);
      assert.ok((artifact.manifest as { averages: number }).averages > 1000);
      // In front of the vectors stands the sum of the manifest, which names the corpus.
      return artifact.payload.subarray(artifact.section('mean').byteOffset - artifact.payload.byteOffset);
    };
    assert.deepEqual(await sections('shipped', shipped, new Set()), await sections('original', slice, held));
  });
});
