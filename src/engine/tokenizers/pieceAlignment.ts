import type { Span } from '../../core';

/** The UTF-8 bytes that a piece stands for; `undefined` for the unknown piece, which may stand for any text. */
export type PieceBytes = Uint8Array | undefined;

/**
 * Where each piece of a text stands in it, for tokenizers that give no offsets. Pieces and text are compared without case,
 * accents, compatibility forms and white space, since tokenizers change those; a piece of white space alone gets an empty span.
 * A character that several pieces share belongs to each of them. If the pieces do not spell the text, each gets the whole text.
 * Offsets are UTF-16 in `text`.
 */
export function alignPieces(text: string, pieces: readonly PieceBytes[]): Span[] {
  const folded = foldText(text);
  const spans: Span[] = [];
  const whole = { start: folded.starts[0] ?? 0, end: folded.ends.at(-1) ?? text.length };
  const spanOf = (from: number, to: number): Span =>
    from < to
      ? { start: folded.starts[from]!, end: folded.ends[to - 1]! }
      : { start: folded.starts[from] ?? whole.end, end: folded.starts[from] ?? whole.end };
  let at = 0;
  for (let i = 0; i < pieces.length;) {
    let end = i;
    while (end < pieces.length && (pieces[end] === undefined) === (pieces[i] === undefined)) end++;
    if (pieces[i] === undefined) {
      // A run of unknown pieces reaches to the next known piece; each of them gets the whole span.
      let next = end;
      while (next < pieces.length && pieces[next] !== undefined) next++;
      const known = foldPieces(pieces.slice(end, next) as Uint8Array[]).characters;
      const stop =
        end === pieces.length ? folded.characters.length : folded.characters.indexOf(known, at + 1);
      if (stop < 0) return pieces.map(() => whole);
      for (; i < end; i++) spans.push(spanOf(at, stop));
      at = stop;
    } else {
      const run = foldPieces(pieces.slice(i, end) as Uint8Array[]);
      if (!folded.characters.startsWith(run.characters, at)) return pieces.map(() => whole);
      for (const { start, end: stop } of run.pieces) spans.push(spanOf(at + start, at + stop));
      at += run.characters.length;
      i = end;
    }
  }
  return at === folded.characters.length ? spans : pieces.map(() => whole);
}

/** A text in the form that is compared; per UTF-16 unit, the span of the character of the text that it comes from. */
interface FoldedText {
  readonly characters: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

function foldText(text: string): FoldedText {
  let characters = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const folded = fold(character);
    characters += folded;
    // Adds an entry for each UTF-16 unit that the character became.
    while (starts.length < characters.length) {
      starts.push(at);
      ends.push(at + character.length);
    }
    at += character.length;
  }
  return { characters, starts, ends };
}

/** Consecutive pieces in the form that is compared, and the range of each piece in it. */
function foldPieces(pieces: readonly Uint8Array[]): { characters: string; pieces: Span[] } {
  const bytes = joined(pieces);
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let characters = '';
  // Per byte, the range of the character that the byte belongs to, since a piece may end inside a character.
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Math.min(lengthOfCharacter(bytes[at]!), bytes.length - at);
    const start = characters.length;
    characters += fold(utf8.decode(bytes.subarray(at, at + length)));
    for (let i = 0; i < length; i++) {
      starts.push(start);
      ends.push(characters.length);
    }
    at += length;
  }
  let at = 0;
  const ranges = pieces.map(({ length }) => {
    const start = starts[at] ?? characters.length;
    at += length;
    return { start, end: length === 0 ? start : ends[at - 1]! };
  });
  return { characters, pieces: ranges };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Number of bytes of a UTF-8 character, by its first byte. */
function lengthOfCharacter(byte: number): number {
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
}

/** What is left out of the comparison. U+2581 is SentencePiece's space. */
const IGNORED = /[\p{Mn}\p{C}\p{Z}\s\u2581\uFFFD]/gu;

function fold(character: string): string {
  const code = character.charCodeAt(0);
  if (character.length === 1 && code > 0x20 && code < 0x7f) return character.toLowerCase();
  return character.normalize('NFKD').toLowerCase().normalize('NFKD').replace(IGNORED, '');
}
