import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TokenizerJson } from '../../src/engine/tokenizers/hubTokenizer';
import { encoderVocabulary, places } from './artifacts';

/** The shipped encoder in the layout of the Hugging Face hub. */
export function writeHubFolder(folder: string): void {
  const json = (name: string, value: unknown): void =>
    writeFileSync(path.join(folder, name), JSON.stringify(value));
  mkdirSync(path.join(folder, 'onnx'), { recursive: true });
  copyFileSync(path.join(places.encoder, 'encoder.onnx'), path.join(folder, 'onnx', 'model.onnx'));
  json('config.json', { model_type: 'bert', architectures: ['BertModel'], max_position_embeddings: 512 });
  json('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    do_lower_case: true,
    model_max_length: 512,
  });
  json('tokenizer.json', hubTokenizerJson());
}

/** The tokenizer of the shipped encoder, as `tokenizer.json` has it. */
export function hubTokenizerJson(): TokenizerJson {
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
  const json = {
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
  };
  return json;
}
