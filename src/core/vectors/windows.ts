import type { Span } from '../model';
import type { WordPieces, WordPieceTokenizer } from './wordPieces';

/**
 * Consecutive word pieces that the encoder reads together: whole sentences of one paragraph, or a part of a sentence that is
 * too long for one window.
 */
export interface Window {
  /** Range of the paragraph's pieces, end exclusive. */
  readonly from: number;
  readonly to: number;
}

export interface PieceRange {
  readonly window: number;
  /** Range of pieces inside the window, [CLS] not counted, end exclusive. */
  readonly from: number;
  readonly to: number;
}

/**
 * Packs a paragraph's sentences, from its start, into windows of at most `maxPieces` ([CLS] and [SEP]
 * included). Each piece is in one window, except in a sentence that is too long for one: its windows overlap by half, so that
 * every word has context on both sides in one of them.
 */
export function packWindows(pieces: WordPieces, sentences: readonly Span[], maxPieces: number): Window[] {
  const room = maxPieces - 2;
  const windows: Window[] = [];
  let from = 0;
  let to = 0;
  const close = (): void => {
    if (to > from) windows.push({ from, to });
    from = to;
  };
  sentences.forEach((_, i) => {
    // A sentence reaches up to the start of the next one, so that no piece is left between two sentences.
    const end = sentences[i + 1]?.start ?? Infinity;
    let last = to;
    while (last < pieces.ids.length && pieces.starts[last]! < end) last++;
    if (last - from > room) close();
    if (last - from > room) {
      for (let start = from; ; start += room >> 1) {
        const stop = Math.min(start + room, last);
        windows.push({ from: start, to: stop });
        if (stop === last) break;
      }
      from = last;
    }
    to = last;
  });
  close();
  return windows;
}

/** Ids of a window's pieces, framed by [CLS] and [SEP]. */
export function windowIds(window: Window, pieces: WordPieces, tokenizer: WordPieceTokenizer): Int32Array {
  return Int32Array.from([tokenizer.cls, ...pieces.ids.slice(window.from, window.to), tokenizer.sep]);
}

/**
 * Where to take each span's vector from: the pieces that overlap the span, in the window that holds most of them. Of several
 * such windows it is the one whose shorter side of context is longest.
 * @param spans in text order, offsets in the text the pieces were cut from
 * @returns per span its pieces, or `undefined` where it has none (an emoji variation mark, say)
 */
export function alignSpans(
  spans: readonly Span[],
  pieces: WordPieces,
  windows: readonly Window[],
): (PieceRange | undefined)[] {
  let first = 0;
  let firstWindow = 0;
  return spans.map(({ start, end }) => {
    while (first < pieces.ids.length && pieces.ends[first]! <= start) first++;
    let last = first;
    while (last < pieces.ids.length && pieces.starts[last]! < end) last++;
    if (last === first) return undefined;
    while (firstWindow < windows.length && windows[firstWindow]!.to <= first) firstWindow++;
    let best: PieceRange | undefined;
    let bestRank = -1;
    for (let w = firstWindow; w < windows.length && windows[w]!.from < last; w++) {
      const { from, to } = windows[w]!;
      const held = Math.min(to, last) - Math.max(from, first);
      const context = Math.min(Math.max(0, first - from), Math.max(0, to - last));
      const rank = held * 1000 + context;
      if (rank > bestRank) {
        bestRank = rank;
        best = { window: w, from: Math.max(first, from) - from, to: Math.min(last, to) - from };
      }
    }
    return best;
  });
}
