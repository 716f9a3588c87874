import type { Span } from '../../core';

/** The UTF-8 bytes that a piece stands for; `undefined` for the unknown piece, which may stand for anything. */
export type PieceBytes = Uint8Array | undefined;

/**
 * Where each of a text's pieces stands in it, for tokenizers that do not tell. Pieces and text are compared without
 * case, accents, compatibility forms and white space, since normalisers change those. Offsets are UTF-16 in `text`;
 * a piece of nothing else is empty; a character that pieces share belongs to each. Where the pieces do not spell
 * the text, each of them is the whole of it.
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
      // Unknown pieces reach to where the known ones after them begin, and share what that is.
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

/** A text as it is compared; per UTF-16 unit of that, the character of the text it comes from. */
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
    // One entry for each UTF-16 unit.
    while (starts.length < characters.length) {
      starts.push(at);
      ends.push(at + character.length);
    }
    at += character.length;
  }
  return { characters, starts, ends };
}

/** Consecutive pieces as they are compared, and each one's range in that. */
function foldPieces(pieces: readonly Uint8Array[]): { characters: string; pieces: Span[] } {
  const bytes = joined(pieces);
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let characters = '';
  // Per byte, the range of the character it belongs to: a piece may end inside one.
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

/** By the first byte of UTF-8. */
function lengthOfCharacter(byte: number): number {
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
}

/** U+2581 is SentencePiece's space. */
const IGNORED = /[\p{Mn}\p{C}\p{Z}\s\u2581\uFFFD]/gu;

function fold(character: string): string {
  const code = character.charCodeAt(0);
  if (character.length === 1 && code > 0x20 && code < 0x7f) return character.toLowerCase();
  return character.normalize('NFKD').toLowerCase().normalize('NFKD').replace(IGNORED, '');
}
