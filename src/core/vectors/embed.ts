import type { LayerRule, Span } from '../model';
import type { Encoder, WindowCache } from '../ports';
import { poolPieces } from './pool';
import { embedThroughCache, type EmbedWindows, type WantedWindow } from './windowCache';
import { alignSpans, packWindows, windowIds, type PieceRange } from './windows';
import type { WordPieceTokenizer } from './wordPieces';

/** A paragraph to encode, and the words in it that need a vector; spans in text order. */
export interface EmbeddingRequest {
  readonly text: string;
  readonly sentences: readonly Span[];
  readonly words: readonly Span[];
}

export interface Embedder {
  readonly encoder: Encoder;
  readonly wordPieces: WordPieceTokenizer;
  /** Length of the longest window in pieces; by default the encoder's limit. */
  readonly maxPieces?: number;
  /** With a cache, vectors are rounded to half precision, and windows that it holds are not encoded again. */
  readonly cache?: WindowCache | undefined;
}

/**
 * Gives each word its raw vector: the only code path from text to vectors, for documents and corpora alike.
 * Windows in which no word needs a vector are not encoded.
 * @returns per request and word its vector, or `undefined` for a span without word pieces
 */
export async function embedWords(
  requests: readonly EmbeddingRequest[],
  layer: LayerRule,
  { encoder, wordPieces, maxPieces = encoder.info.maxPieces, cache }: Embedder,
  signal?: AbortSignal,
  urgent?: boolean,
): Promise<(Float32Array | undefined)[][]> {
  const windows: WantedWindow[] = [];
  const places = requests.map(({ text, sentences, words }) => {
    const pieces = wordPieces.split(text);
    const packed = packWindows(pieces, sentences, maxPieces);
    const wanted = new Map<number, { readonly index: number; readonly ranges: PieceRange[] }>();
    return alignSpans(words, pieces, packed).map((range) => {
      if (!range) return undefined;
      let window = wanted.get(range.window);
      if (!window) {
        window = { index: windows.length, ranges: [] };
        wanted.set(range.window, window);
        const ids = windowIds(packed[range.window]!, pieces, wordPieces);
        windows.push({ ids, ranges: window.ranges });
      }
      return { window: window.index, word: window.ranges.push(range) - 1 };
    });
  });
  const embed: EmbedWindows = async (some) => {
    const matrices = await encoder.encode(
      some.map(({ ids }) => ids),
      layer,
      signal,
      urgent,
    );
    const { dimensions } = encoder.info;
    return some.map(({ ranges }, i) => ranges.map((range) => poolPieces(matrices[i]!, range, dimensions)));
  };
  const vectors = cache
    ? await embedThroughCache(windows, cache, { encoder: encoder.info.id, layer }, embed)
    : await embed(windows);
  return places.map((words) => words.map((place) => place && vectors[place.window]![place.word]!));
}
