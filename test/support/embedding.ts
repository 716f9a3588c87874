import { createWordPieceTokenizer, type WordPieceTokenizer } from '../../src/core/vectors/wordPieces';
import type { EmbeddingRequest } from '../../src/core/vectors/embed';
import type { Span } from '../../src/core/model';
import { encoderVocabulary } from './artifacts';

let tokenizer: WordPieceTokenizer | undefined;

/** The shipped encoder's word pieces, made once for all tests. */
export function wordPieces(): WordPieceTokenizer {
  tokenizer ??= createWordPieceTokenizer(encoderVocabulary());
  return tokenizer;
}

/** A paragraph whose sentences end with a full stop; every word of it, or those that `wanted` names. */
export function request(text: string, wanted?: (word: string) => boolean): EmbeddingRequest {
  const spans = (pattern: RegExp): Span[] =>
    [...text.matchAll(pattern)].map(({ 0: match, index }) => ({ start: index, end: index + match.length }));
  return {
    text,
    sentences: spans(/[^.\s][^.]*\.?/g),
    words: spans(/\p{L}+/gu).filter(({ start, end }) => wanted?.(text.slice(start, end)) ?? true),
  };
}
