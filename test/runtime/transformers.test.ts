import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cosine, createWordPieceTokenizer } from '../../src/core';
import { encoderVocabulary, minilm, parityFixture, places } from '../support/artifacts';

/** transformers.js as a second opinion: another tokenizer, and another way into the same network. */
describe('transformers.js on the same encoder', function () {
  const MODEL = 'minilm';
  const sentences = parityFixture().sentences.filter((_, i) => i < 22 || i >= 42);
  const wordPieces = createWordPieceTokenizer(encoderVocabulary());
  let models: string;

  before(() => {
    models = mkdtempSync(path.join(tmpdir(), 'glossight-models-'));
    writeModelFolder(path.join(models, MODEL));
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
    const ours = {
      last: await encoder.encode(windows, 'last'),
      mean4: await encoder.encode(windows, 'mean4'),
    };
    for (const [i, { text, pieces }] of sentences.entries()) {
      const outputs = (await model(tokenizer(text))) as Record<string, { readonly data: Float32Array }>;
      for (const layer of ['last', 'mean4'] as const) {
        const theirs = outputs[layer]!.data;
        assert.equal(theirs.length, pieces.length * dimensions);
        for (let start = 0; start < theirs.length; start += dimensions) {
          const [a, b] = [theirs, ours[layer][i]!].map((all) => all.subarray(start, start + dimensions));
          assert.ok(cosine(a!, b!) >= 0.9999, `${layer}, piece ${start / dimensions} of: ${text}`);
        }
      }
    }
    await model.dispose();
  });
});

/** The shipped encoder in the layout that transformers.js loads. */
function writeModelFolder(folder: string): void {
  const json = (name: string, value: unknown): void =>
    writeFileSync(path.join(folder, name), JSON.stringify(value));
  mkdirSync(path.join(folder, 'onnx'), { recursive: true });
  copyFileSync(path.join(places.encoder, 'encoder.onnx'), path.join(folder, 'onnx', 'model.onnx'));
  json('config.json', { model_type: 'bert', architectures: ['BertModel'] });
  json('tokenizer_config.json', { tokenizer_class: 'BertTokenizer', do_lower_case: true });
  const vocabulary = encoderVocabulary();
  const frame = (piece: string): object => ({ SpecialToken: { id: piece, type_id: 0 } });
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].map((content) => ({
    id: vocabulary.indexOf(content),
    content,
    special: true,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  }));
  const framing = special.filter(({ content }) => content === '[CLS]' || content === '[SEP]');
  json('tokenizer.json', {
    version: '1.0',
    added_tokens: special,
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [frame('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, frame('[SEP]')],
      special_tokens: Object.fromEntries(
        framing.map(({ id, content }) => [content, { id: content, ids: [id], tokens: [content] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((piece, id) => [piece, id])),
    },
  });
}
