import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cosine } from '../../src/core/vectors/math';
import { createWordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import { embedWords } from '../../src/core/vectors/embed';
import { readProse } from '../../src/core/prose/prose';
import { createTagger } from '../../src/languages/english/tagger';
import { loadEncoder } from '../../src/node/encoder/loadEncoder';
import { preferredLayer } from '../../src/engine/layerRules';
import { chooseWeights } from '../../src/node/hub/hubFolder';
import { encoderVocabulary, minilm, parityFixture } from '../support/artifacts';
import { writeHubFolder } from '../support/hubFolder';
import { temporaryFolder } from '../support/temporary';
import {
  TINY_DIMENSIONS,
  tinyEmbedding,
  type TinyEncoderOptions,
  writeTinyEncoder,
} from '../support/tinyEncoder';
import { byteLevelBpe, casedWordPiece } from '../support/tinyTokenizers';

const CASED: TinyEncoderOptions = { tokenizer: casedWordPiece, vocabularySize: 13 };

describe('an encoder in the layout of the Hugging Face hub', () => {
  const inFolder = temporaryFolder();
  const tiny = (name: string, options: Partial<TinyEncoderOptions> = {}): string => {
    writeTinyEncoder(inFolder(name), { ...CASED, ...options });
    return inFolder(name);
  };
  const refuses = async (folder: string, message: RegExp): Promise<void> => {
    await assert.rejects(loadEncoder(folder), { name: 'UserError', message });
  };

  it('gives the vectors that the same network gives in our own format', async () => {
    writeHubFolder(inFolder('minilm'));
    const hub = await loadEncoder(inFolder('minilm'));
    const own = {
      encoder: (await minilm()).encoder,
      wordPieces: createWordPieceTokenizer(encoderVocabulary()),
    };
    const { info } = hub.encoder;
    assert.deepEqual(
      { ...info, id: '' },
      { id: '', name: 'minilm', dimensions: 384, maxPieces: 128, layers: ['last', 'static'] },
    );
    assert.match(info.id, /^minilm@[0-9a-f]{16}$/);
    assert.equal(preferredLayer(info), 'last');
    const text = parityFixture()
      .sentences.slice(0, 12)
      .map((sentence) => sentence.text)
      .join(' ');
    const sentences = createTagger().tag(readProse(text, 'plain')[0]!.text);
    const words = sentences.flatMap(({ tokens }) => tokens);
    for (const [ourLayer, theirLayer] of [
      ['mean4', 'last'],
      ['static', 'static'],
    ] as const) {
      const [ours] = await embedWords([{ text, sentences, words }], ourLayer, own);
      const [theirs] = await embedWords([{ text, sentences, words }], theirLayer, hub);
      assert.ok(ours!.length > 200);
      const least = Math.min(...ours!.map((vector, i) => cosine(vector!, theirs![i]!)));
      assert.ok(least >= 0.99999, `${ourLayer}: ${least}`);
    }
    await hub.encoder.dispose();
  });

  it('follows the layer rules its outputs allow, and refuses the others by name', async () => {
    const { encoder } = await loadEncoder(tiny('last'));
    assert.deepEqual(encoder.info.layers, ['last']);
    assert.equal(encoder.info.dimensions, TINY_DIMENSIONS);
    const message = /The encoder last cannot follow the layer rule mean4\. It has last: choose that\./;
    await assert.rejects(encoder.encode([Int32Array.of(2, 3)], 'mean4'), { name: 'UserError', message });
    await assert.rejects(loadEncoder(inFolder('last'), 'mean4'), { name: 'UserError', message });
    const [matrix] = await encoder.encode([Int32Array.of(2, 5, 3)], 'last');
    assert.deepEqual([...matrix!.subarray(TINY_DIMENSIONS, 2 * TINY_DIMENSIONS)], tinyEmbedding(5));
  });

  it('averages the last four hidden states where the network gives them', async () => {
    const outputs = Object.fromEntries(
      [100, 1, 2, 4, 8, 16].map((factor, layer) => [`hidden_states.${layer}`, factor]),
    );
    const { encoder } = await loadEncoder(tiny('hidden', { outputs }));
    assert.deepEqual(encoder.info.layers, ['last', 'mean4']);
    const row = async (layer: 'last' | 'mean4'): Promise<number[]> => [
      ...(await encoder.encode([Int32Array.of(5)], layer))[0]!,
    ];
    assert.deepEqual(
      await row('last'),
      tinyEmbedding(5).map((value) => Math.fround(value * 16)),
    );
    (await row('mean4')).forEach((value, i) =>
      assert.ok(Math.abs(value - tinyEmbedding(5)[i]! * 7.5) < 1e-5),
    );
    // The embedding is no layer, so that this network has three.
    const few = Object.fromEntries([1, 1, 1, 1].map((factor, layer) => [`hidden_states.${layer}`, factor]));
    assert.deepEqual((await loadEncoder(tiny('few', { outputs: few }))).encoder.info.layers, ['last']);
  });

  it('keeps windows within what the encoder reads', async () => {
    const longest = async (name: string, config: object, tokenizerConfig = {}): Promise<number> =>
      (await loadEncoder(tiny(name, { config, tokenizerConfig }))).encoder.info.maxPieces;
    assert.equal(await longest('long', { max_position_embeddings: 514 }), 128);
    assert.equal(await longest('short', { max_position_embeddings: 34 }), 32);
    assert.equal(await longest('unbounded', {}, { model_max_length: 1e30 }), 128);
    assert.equal(await longest('told', {}, { model_max_length: 64 }), 64);
    await refuses(tiny('stub', { config: { max_position_embeddings: 8 } }), /windows hold 6 pieces only/);
  });

  it('names an encoder by its content', async () => {
    const id = async (folder: string): Promise<string> => (await loadEncoder(folder)).encoder.info.id;
    const first = await id(tiny('a'));
    cpSync(inFolder('a'), inFolder('copy', 'a'), { recursive: true });
    assert.equal(await id(inFolder('copy', 'a')), first);
    const file = path.join(inFolder('copy', 'a'), 'tokenizer.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"bank"', '"sank"'));
    assert.notEqual(await id(inFolder('copy', 'a')), first);
  });

  it('reads the licence of a model card', async () => {
    const folder = tiny('card');
    assert.equal((await loadEncoder(folder)).licence, undefined);
    writeFileSync(path.join(folder, 'README.md'), '---\nlanguage: en\nlicense: apache-2.0\n---\n# Card\n');
    assert.equal((await loadEncoder(folder)).licence, 'apache-2.0');
  });

  it('works with other tokenizers and inputs', async () => {
    const options = {
      tokenizer: byteLevelBpe,
      vocabularySize: 264,
      inputs: ['input_ids', 'attention_mask', 'position_ids'],
      weights: 'model.onnx',
    };
    const loaded = await loadEncoder(tiny('bytes', options));
    const text = 'bank 🏦';
    const words = [
      { start: 0, end: 4 },
      { start: 5, end: 7 },
    ];
    const [vectors] = await embedWords([{ text, sentences: [{ start: 0, end: 7 }], words }], 'last', loaded);
    assert.deepEqual(
      vectors!.map((vector) => vector?.length),
      [8, 8],
    );
  });

  it('refuses a folder that is no whole encoder, naming what is wrong', async () => {
    await refuses(inFolder('missing'), /no usable encoder in .*missing/);
    const without = (name: string): string => {
      const folder = tiny(`no ${name}`);
      rmSync(path.join(folder, name), { recursive: true });
      return folder;
    };
    await refuses(without('config.json'), /config\.json cannot be read: there is no such file/);
    await refuses(without('tokenizer.json'), /tokenizer\.json cannot be read/);
    await refuses(without('onnx'), /has no ONNX weights/);
    const newer = tiny('newer');
    writeFileSync(path.join(newer, 'glossight-download.json'), '{"format":"glossight-download","version":2}');
    await refuses(newer, /was downloaded by a newer Glossight\. Update Glossight/);
    const damaged = (name: string, contents: string): string => {
      const folder = tiny(`damaged ${path.basename(name)}`);
      writeFileSync(path.join(folder, name), contents);
      return folder;
    };
    await refuses(damaged('tokenizer.json', '{"mo'), /tokenizer\.json is damaged/);
    await refuses(damaged('config.json', 'null'), /config\.json is damaged/);
    await refuses(damaged('onnx/model.onnx', 'rubbish'), /cannot be used: /);
    await refuses(
      tiny('model', { tokenizer: { ...casedWordPiece, model: { type: 'Nonsense' } } }),
      /cannot be used: /,
    );
    await refuses(tiny('pooled', { outputs: { sentence_embedding: 1 } }), /gives no hidden states/);
    await refuses(tiny('image', { inputs: ['input_ids', 'pixel_values'] }), /wants an input "pixel_values"/);
  });
});

describe('the choice among ONNX files', () => {
  const MB = 1_000_000;
  const choose = (files: Readonly<Record<string, number>>): string | undefined =>
    chooseWeights(new Map(Object.entries(files)))?.weights;

  it('takes float32 where it is small, 8-bit weights where it is not', () => {
    const small = { 'onnx/model.onnx': 90 * MB, 'onnx/model_quantized.onnx': 23 * MB };
    assert.equal(choose(small), 'onnx/model.onnx');
    const large = {
      'onnx/model.onnx': 438 * MB,
      'onnx/model_fp16.onnx': 219 * MB,
      'onnx/model_int8.onnx': 110 * MB,
    };
    assert.equal(choose(large), 'onnx/model_int8.onnx');
    assert.equal(choose({ 'model.onnx': 438 * MB }), 'model.onnx');
    assert.equal(choose({ 'onnx/model_q4.onnx': 1, 'README.md': 1 }), 'onnx/model_q4.onnx');
    assert.equal(choose({ 'pytorch_model.bin': 1 }), undefined);
  });

  it('counts and takes external data', () => {
    const sizes = { 'onnx/model.onnx': 1, 'onnx/model.onnx_data': 400 * MB, 'onnx/model_quantized.onnx': 2 };
    assert.equal(choose(sizes), 'onnx/model_quantized.onnx');
    const chosen = chooseWeights(new Map(Object.entries({ 'model.onnx': 1, 'model.onnx_data': 2 })));
    assert.deepEqual([...chosen!.data], ['model.onnx_data']);
  });
});
