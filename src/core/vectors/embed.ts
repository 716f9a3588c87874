import type { LayerRule, Span } from '../model';
import type { CancellationToken, Encoder } from '../ports';
import { poolPieces } from './pool';
import { alignSpans, packWindows, windowIds, type PieceRange } from './windows';
import type { WordPieceTokenizer } from './wordPieces';

/** A paragraph to encode, and the words in it that want a vector; spans in text order. */
export interface EmbeddingRequest {
  readonly text: string;
  readonly sentences: readonly Span[];
  readonly words: readonly Span[];
}

export interface Embedder {
  readonly encoder: Encoder;
  readonly wordPieces: WordPieceTokenizer;
  /** Longest window in pieces; the encoder's own limit unless a caller measures another. */
  readonly maxPieces?: number;
}

/**
 * One raw vector per word: the one code path from text to vectors, for documents and corpora alike.
 * Windows in which no word wants a vector are not encoded.
 * @returns per request, per word: its vector, or `undefined` for a span without word pieces
 */
export async function embedWords(
  requests: readonly EmbeddingRequest[],
  layer: LayerRule,
  { encoder, wordPieces, maxPieces = encoder.info.maxPieces }: Embedder,
  token?: CancellationToken,
): Promise<(Float32Array | undefined)[][]> {
  const windows: Int32Array[] = [];
  const places = requests.map(({ text, sentences, words }) => {
    const pieces = wordPieces.split(text);
    const packed = packWindows(pieces, sentences, maxPieces);
    const ranges = alignSpans(words, pieces, packed);
    const wanted = new Map<number, number>();
    for (const range of ranges) {
      if (!range || wanted.has(range.window)) continue;
      wanted.set(range.window, windows.length);
      windows.push(windowIds(packed[range.window]!, pieces, wordPieces));
    }
    return { ranges, wanted };
  });
  const matrices = await encoder.encode(windows, layer, token);
  const pool = (range: PieceRange, wanted: ReadonlyMap<number, number>): Float32Array =>
    poolPieces(matrices[wanted.get(range.window)!]!, range, encoder.info.dimensions);
  return places.map(({ ranges, wanted }) => ranges.map((range) => range && pool(range, wanted)));
}
