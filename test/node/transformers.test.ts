import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cosine } from '../../src/core/vectors/math';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { encoderVocabulary, minilm, parityFixture } from '../support/artifacts';
import { writeHubFolder } from '../support/hubFolder';

/** transformers.js as a second opinion: another tokenizer, and another way into the same network. */
describe('transformers.js on the same encoder', function () {
  const MODEL = 'minilm';
  const sentences = parityFixture().sentences.filter((_, i) => i < 22 || i >= 42);
  const wordPieces = createWordPieceTokenizer(encoderVocabulary());
  let models: string;

  before(() => {
    models = mkdtempSync(path.join(tmpdir(), 'glossight-models-'));
    writeHubFolder(path.join(models, MODEL));
  });
  after(() => rmSync(models, { recursive: true, force: true }));

  async function offline(): Promise<typeof import('@xenova/transformers')> {
    const library = await import('@xenova/transformers');
    library.env.allowRemoteModels = false;
    library.env.localModelPath = models;
    return library;
  }

  it('cuts sentences into the same pieces', async () => {
    const { AutoTokenizer } = await offline();
    const tokenizer = await AutoTokenizer.from_pretrained(MODEL);
    assert.equal(sentences.length, 30);
    for (const { text } of sentences) {
      const ours = [wordPieces.cls, ...wordPieces.split(text).ids, wordPieces.sep];
      assert.deepEqual(ours, tokenizer.encode(text), text);
    }
  });

  it('gives the same vectors', async () => {
    const { AutoModel, AutoTokenizer } = await offline();
    const tokenizer = await AutoTokenizer.from_pretrained(MODEL);
    const model = await AutoModel.from_pretrained(MODEL, { dtype: 'fp32', device: 'cpu' });
    const { encoder } = await minilm();
    const { dimensions } = encoder.info;
    const windows = sentences.map(({ pieces }) => Int32Array.from(pieces));
    const ours = await encoder.encode(windows, 'mean4');
    for (const [i, { text, pieces }] of sentences.entries()) {
      const outputs = (await model(tokenizer(text))) as Record<string, { readonly data: Float32Array }>;
      const theirs = outputs['token_embeddings']!.data;
      assert.equal(theirs.length, pieces.length * dimensions);
      for (let start = 0; start < theirs.length; start += dimensions) {
        const [a, b] = [theirs, ours[i]!].map((all) => all.subarray(start, start + dimensions));
        assert.ok(cosine(a!, b!) >= 0.9999, `piece ${start / dimensions} of: ${text}`);
      }
    }
    await model.dispose();
  });
});
