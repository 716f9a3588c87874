import type { Language } from './language';
import type { LayerRule, LemmaSenses, PartOfSpeech, Sense, SenseId, SenseKey, Sentence, Span } from './model';

/** Thrown by a computation that was cancelled. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  constructor() {
    super('Cancelled.');
  }
}

/** Levels as VS Code's LogOutputChannel has them. No document text above trace. */
export interface Logger {
  trace(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface EncoderInfo {
  /** Name and content hash: encoders with the same id give the same vectors. */
  readonly id: string;
  readonly name: string;
  readonly dimensions: number;
  /** Length of the longest window in word pieces, [CLS] and [SEP] included. */
  readonly maxPieces: number;
  /** The layer rules that the encoder can follow. */
  readonly layers: readonly LayerRule[];
}

/** A transformer that gives one vector per word piece. */
export interface Encoder {
  readonly info: EncoderInfo;
  /**
   * Encodes windows of word-piece ids ([CLS] and [SEP] included, at most `maxPieces` each).
   * A window's vectors do not depend on the windows beside it.
   * @param urgent is served before waiting requests that are not, where an encoder serves several callers at once
   * @returns per window a row-major matrix, pieces x dimensions
   * @throws CancelledError between batches
   */
  encode(
    windows: readonly Int32Array[],
    layer: LayerRule,
    signal?: AbortSignal,
    urgent?: boolean,
  ): Promise<readonly Float32Array[]>;
  dispose(): Promise<void>;
}

/** Everything that a window's vectors depend on. */
export interface WindowKey {
  /** The encoder's id. */
  readonly encoder: string;
  readonly layer: LayerRule;
  /** Ids of the window's word pieces. */
  readonly ids: Int32Array;
}

/** Raw vectors of some words of a window, in half precision; the key is the word's range of pieces (`from` · 2^16 + `to`). */
export type CachedWindow = ReadonlyMap<number, Uint16Array>;

/** Remembers the vectors of windows. It may forget vectors, but never returns a wrong one and never throws. */
export interface WindowCache {
  /** Waits for a turn of the event loop, so that a caller whose windows are all cached still receives messages. */
  get(keys: readonly WindowKey[]): Promise<readonly (CachedWindow | undefined)[]>;
  /** Adds vectors to those of the window that are known. If a word has a vector already, that one is kept. */
  put(key: WindowKey, window: CachedWindow): void;
}

/** Splits a paragraph's text into sentences of tagged tokens. Pure and deterministic. */
export interface Tagger {
  readonly name: string;
  tag(text: string): readonly Sentence[];
}

/** A place in a text at which a term of the project may stand. */
export interface Term extends Span {
  /** The project's senses, and those of the inventory that are written with the same capitals. */
  readonly lemmas: readonly LemmaSenses[];
  /** Does it stand there with the capitals that the project gives it? */
  readonly isWritten: boolean;
  readonly isCapitalised: boolean;
}

/** The senses a lemma can have. */
export interface SenseInventory {
  /** Language of the lemmas; it normalises forms, finds their lemmas and inflects. */
  readonly language: Language;
  readonly edition: string;
  /** Identifies the content: SHA-256 of the artifact, in hex. */
  readonly id: string;
  readonly senseCount: number;
  readonly synsetCount: number;
  /** Senses of a lemma (normalised, `_` between words) as one part of speech, in the inventory's order; empty if none. */
  senses(lemma: string, partOfSpeech: PartOfSpeech): readonly SenseId[];
  /** Lemmas that a form may belong to, as every part of speech or one; words of the form are joined by `_`. */
  lemmas(form: string, partOfSpeech?: PartOfSpeech): readonly LemmaSenses[];
  /** Forms that the exception lists have for a lemma, such as `geese` for `goose`, or `stopped` for `stop`. */
  irregularForms(lemma: string, partOfSpeech: PartOfSpeech): readonly string[];
  /**
   * Lemmas of several words that start with this word (lower case), by their second word. A hyphen parts words
   * as `_` does: `mother-in-law` is among those of `mother`, at `in`.
   */
  multiwords(firstWord: string): ReadonlyMap<string, readonly string[]>;
  /** Where terms that a project added stand in a text, in text order, whatever its tokens are. */
  terms?(text: string): readonly Term[];
  describe(sense: SenseId): Sense;
  /** Lemma of a sense: normalised, `_` between words. */
  lemma(sense: SenseId): string;
  key(sense: SenseId): SenseKey;
  /** The sense of a key; `undefined` if this edition lacks it. */
  find(key: SenseKey): SenseId | undefined;
  partOfSpeech(sense: SenseId): PartOfSpeech;
  /** Does the inventory write this sense's lemma with a capital, as it does for names: `Rose`, `Paris`? */
  isCapitalised(sense: SenseId): boolean;
  synset(sense: SenseId): number;
  synsetSenses(synset: number): readonly SenseId[];
  /** Direct hypernyms (instance hypernyms too) as synset indices; a satellite adjective's head synset. */
  hypernyms(synset: number): readonly number[];
  /** Lemmas and gloss of a synset, as the inventory writes them. */
  synsetGloss(synset: number): { readonly lemmas: readonly string[]; readonly gloss: string };
}
