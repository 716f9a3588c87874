/** Tokenizers of every kind that encoders use, with vocabularies of a few pieces, as `tokenizer.json` has them. */

function added(...pieces: readonly (readonly [content: string, id: number])[]): object[] {
  return pieces.map(([content, id]) => ({
    id,
    content,
    special: true,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  }));
}

function framedBy(start: readonly [string, number], end: readonly [string, number]): object {
  const special = ([content, id]: readonly [string, number]): [string, object] => [
    content,
    { id: content, ids: [id], tokens: [content] },
  ];
  const frame = ([id]: readonly [string, number]): object => ({ SpecialToken: { id, type_id: 0 } });
  return {
    type: 'TemplateProcessing',
    single: [frame(start), { Sequence: { id: 'A', type_id: 0 } }, frame(end)],
    special_tokens: Object.fromEntries([special(start), special(end)]),
  };
}

function numbered(pieces: readonly string[]): Record<string, number> {
  return Object.fromEntries(pieces.map((piece, id) => [piece, id]));
}

const CASED = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'The', 'bank', '##s', 'of', 'Par', '##is', 'é', '.', ','];

/** WordPiece that keeps case and accents, as BERT cased. */
export const casedWordPiece = {
  version: '1.0',
  added_tokens: added(['[PAD]', 0], ['[UNK]', 1], ['[CLS]', 2], ['[SEP]', 3]),
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: false,
    lowercase: false,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: framedBy(['[CLS]', 2], ['[SEP]', 3]),
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: numbered(CASED),
  },
};

/** @param pieces the first four are [PAD], [UNK], [CLS] and [SEP] */
export function casedWordPieceOf(pieces: readonly string[]): typeof casedWordPiece {
  return { ...casedWordPiece, model: { ...casedWordPiece.model, vocab: numbered(pieces) } };
}

/** Every byte as byte-level BPE writes it. */
const BYTES = Array.from({ length: 256 }, (_, byte) => byte)
  .map((byte) => ({ byte, plain: (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad) }))
  .sort((a, b) => Number(b.plain) - Number(a.plain) || a.byte - b.byte)
  .map(({ byte, plain }, i, all) =>
    String.fromCodePoint(plain ? byte : 0x100 + i - all.filter((one) => one.plain).length),
  );

/** Byte-level BPE, as RoBERTa; `Ġ` is a space. */
export const byteLevelBpe = {
  version: '1.0',
  added_tokens: added(['<s>', 0], ['<pad>', 1], ['</s>', 2], ['<unk>', 3]),
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  post_processor: {
    type: 'RobertaProcessing',
    sep: ['</s>', 2],
    cls: ['<s>', 0],
    trim_offsets: true,
    add_prefix_space: false,
  },
  decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
  model: {
    type: 'BPE',
    unk_token: '<unk>',
    continuing_subword_prefix: '',
    end_of_word_suffix: '',
    fuse_unk: false,
    byte_fallback: false,
    vocab: numbered(['<s>', '<pad>', '</s>', '<unk>', ...BYTES, 'Ġb', 'an', 'Ġban', 'Ġbank']),
    merges: ['Ġ b', 'a n', 'Ġb an', 'Ġban k'],
  },
};

const UNIGRAM: readonly (readonly [string, number])[] = [
  ['<s>', 0],
  ['<pad>', 0],
  ['</s>', 0],
  ['<unk>', 0],
  ['▁The', -2],
  ['▁bank', -2],
  ['s', -3],
  ['▁of', -2],
  ['▁', -4],
  ['fi', -3],
  ['▁Par', -3],
  ['is', -3],
  ['.', -3],
  ['a', -5],
];

/** SentencePiece's unigram model, as XLM-RoBERTa; `▁` is a space. */
export const unigram = {
  version: '1.0',
  added_tokens: added(['<s>', 0], ['<pad>', 1], ['</s>', 2], ['<unk>', 3]),
  normalizer: { type: 'NFKC' },
  pre_tokenizer: {
    type: 'Sequence',
    pretokenizers: [
      { type: 'WhitespaceSplit' },
      { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    ],
  },
  post_processor: framedBy(['<s>', 0], ['</s>', 2]),
  decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
  model: { type: 'Unigram', unk_id: 3, vocab: UNIGRAM },
};

/** SentencePiece's BPE with bytes for unknown characters, as Llama and Gemma embedders have it. */
export const byteFallbackBpe = {
  version: '1.0',
  added_tokens: added(['<s>', 0], ['</s>', 1], ['<unk>', 2]),
  normalizer: {
    type: 'Sequence',
    normalizers: [
      { type: 'Prepend', prepend: '▁' },
      { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    ],
  },
  pre_tokenizer: null,
  post_processor: framedBy(['<s>', 0], ['</s>', 1]),
  decoder: { type: 'ByteFallback' },
  model: {
    type: 'BPE',
    unk_token: '<unk>',
    fuse_unk: true,
    byte_fallback: true,
    vocab: numbered([
      '<s>',
      '</s>',
      '<unk>',
      ...Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`),
      ...['▁', 'b', 'a', 'n', 'k', 'an', 'ban', 'bank', '▁bank'],
    ]),
    merges: ['a n', 'b an', 'ban k', '▁ bank'],
  },
};
