import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FeatureExtractionPipeline, PreTrainedTokenizer } from '@xenova/transformers';
import { dataPlaces } from '../../src/node/files/dataFiles';
import { root } from './report';

const MODEL = 'minilm';

export interface TransformersModel {
  readonly tokenizer: PreTrainedTokenizer;
  /** The pipeline with the library's default options. */
  readonly pipeline: FeatureExtractionPipeline;
  dispose(): Promise<void>;
}

/** Opens the shipped encoder with transformers.js, without network access. */
export async function openTransformersModel(): Promise<TransformersModel> {
  const { pipeline: open, AutoTokenizer, env } = await import('@xenova/transformers');
  const models = mkdtempSync(path.join(tmpdir(), 'glossight-models-'));
  writeModelFolder(path.join(models, MODEL));
  env.allowRemoteModels = false;
  env.localModelPath = models;
  const tokenizer = await AutoTokenizer.from_pretrained(MODEL);
  const pipeline = await open('feature-extraction', MODEL);
  return {
    tokenizer,
    pipeline,
    async dispose() {
      await pipeline.dispose();
      rmSync(models, { recursive: true, force: true });
    },
  };
}

/** Writes the shipped encoder to a folder in the layout that transformers.js loads. */
function writeModelFolder(folder: string): void {
  const { encoder } = dataPlaces(root);
  const json = (name: string, value: unknown): void =>
    writeFileSync(path.join(folder, name), JSON.stringify(value));
  mkdirSync(path.join(folder, 'onnx'), { recursive: true });
  copyFileSync(path.join(encoder, 'encoder.onnx'), path.join(folder, 'onnx', 'model.onnx'));
  json('config.json', { model_type: 'bert', architectures: ['BertModel'] });
  json('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    do_lower_case: true,
    pad_token: '[PAD]',
  });
  const vocabulary = readFileSync(path.join(encoder, 'vocab.txt'), 'utf8').trimEnd().split('\n');
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
