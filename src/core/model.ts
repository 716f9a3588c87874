/** The basic types, as plain readonly data. Offsets are UTF-16 code units, ends exclusive. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export const PARTS_OF_SPEECH = ['noun', 'verb', 'adj', 'adv'] as const;
/** WordNet's four parts of speech; satellites count as adjectives. */
export type PartOfSpeech = (typeof PARTS_OF_SPEECH)[number];

/**
 * Identifies a sense in its inventory. WordNet's keys are `lemma%ss_type:lex_filenum:lex_id:head_word:head_id`
 * (senseidx(5WN)). Keys of other inventories may be any text, so no code may take a key apart.
 */
export type SenseKey = string;

/**
 * Number of a sense in an inventory, from 0 without gaps. It holds for one inventory artifact only, so files and people get keys.
 * It means the same in all processes: they open the same artifact, and the numbers of the project's senses, which follow those
 * of the artifact, are given by the host alone (`NumberedSense`).
 */
export type SenseId = number;

/** Everything that can be shown to a reader about a sense. */
export interface Sense {
  readonly id: SenseId;
  readonly key: SenseKey;
  /** The lemma as the inventory writes it, with its capitals, words joined by `_`: `Paris`, `take_place`. */
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly gloss: string;
  readonly examples: readonly string[];
  /** The other lemmas of the synset, as the inventory writes them. */
  readonly synonyms: readonly string[];
  /** WordNet's lexicographer file, such as `noun.artifact`; an inventory may have none. */
  readonly supersense?: string;
}

/** A lemma that a word may be a form of, with its senses as one part of speech in the inventory's order. */
export interface LemmaSenses {
  /** Lower case, words joined by `_`. */
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly senses: readonly SenseId[];
}

/** Universal part-of-speech tag that the tagger gives a token; `X` where a language has no tagger. */
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
 * Which output of an encoder its vectors are: `last`, the last hidden state; `mean4`, the mean of the last four; `static`, the
 * word-piece embedding, without context. An encoder that was trained for senses puts that mean through a linear map. Files and
 * options call its output `mean4` too; the interface calls it `map` (docs/formats.md).
 */
export const LAYER_RULES = ['last', 'mean4', 'static'] as const;
export type LayerRule = (typeof LAYER_RULES)[number];

/** Which vectors a cosine compares: the encoder's output as it is, or with each dimension as a z-score. */
export type VectorScale = 'raw' | 'standardised';

/** Format of a document. */
export const DOCUMENT_FORMATS = ['markdown', 'mdx', 'plain'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];
