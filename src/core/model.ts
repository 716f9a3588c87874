/** The words of the field, as plain readonly data. Offsets are UTF-16 code units, end exclusive. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export const PARTS_OF_SPEECH = ['noun', 'verb', 'adj', 'adv'] as const;
/** The four parts of speech WordNet has; satellites count as adjectives. */
export type PartOfSpeech = (typeof PARTS_OF_SPEECH)[number];

/**
 * Names a sense in its inventory. WordNet's are `lemma%ss_type:lex_filenum:lex_id:head_word:head_id` (senseidx(5WN)); those of
 * others may be any text, so nothing is read out of one.
 */
export type SenseKey = string;

/**
 * Number of a sense in the inventory: dense, and stable for one inventory artifact only, so files and people get keys. Two processes
 * mean the same by it: both open the same artifact, and senses of the project are numbered after its own, by the host alone
 * (`NumberedSense`).
 */
export type SenseId = number;

/** Everything a reader can be shown about a sense. */
export interface Sense {
  readonly id: SenseId;
  readonly key: SenseKey;
  /** As WordNet writes it, case and underscores kept: `Paris`, `take_place`. */
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly gloss: string;
  readonly examples: readonly string[];
  /** The other lemmas of the synset, as WordNet writes them. */
  readonly synonyms: readonly string[];
  /** WordNet's lexicographer file, such as `noun.artifact`; an inventory may have none. */
  readonly supersense?: string;
}

/** A lemma that a word form may stand for, with its senses of one part of speech in WordNet's order. */
export interface LemmaSenses {
  /** Lower case, words joined by `_`. */
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly senses: readonly SenseId[];
}

/** Universal tag of a token, as the tagger gives it; `X` where a language has no tagger. */
export type Tag =
  | 'ADJ'
  | 'ADP'
  | 'ADV'
  | 'AUX'
  | 'CCONJ'
  | 'DET'
  | 'INTJ'
  | 'NOUN'
  | 'NUM'
  | 'PART'
  | 'PRON'
  | 'PROPN'
  | 'PUNCT'
  | 'SCONJ'
  | 'SYM'
  | 'VERB'
  | 'X';

/** A word, number or punctuation mark; offsets are in its paragraph's text. */
export interface Token extends Span {
  readonly text: string;
  readonly tag: Tag;
}

/** Offsets are in its paragraph's text. */
export interface Sentence extends Span {
  readonly tokens: readonly Token[];
}

/**
 * Which of an encoder's outputs its vectors are: `last`, the last hidden state; `mean4`, the mean of the last four; `static`, the
 * word-piece embedding, without context. An encoder that was trained for senses has a linear map behind that mean, and gives
 * what the map makes of it: files and options name that `mean4` too, readers are told `map` (docs/formats.md).
 */
export const LAYER_RULES = ['last', 'mean4', 'static'] as const;
export type LayerRule = (typeof LAYER_RULES)[number];

/** Which vectors the cosine compares: as the encoder gives them, or each dimension as a z-score. */
export type VectorScale = 'raw' | 'standardised';

/** Format of a document. */
export const DOCUMENT_FORMATS = ['markdown', 'mdx', 'plain'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];
