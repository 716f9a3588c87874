/**
 * WordPiece (Wu et al. 2016) for BERT's uncased vocabularies. Why not a library: the usual ones give no character offsets, which
 * are needed to align pieces with words.
 */

/** Word pieces of a text, one entry per piece; offsets are UTF-16, end exclusive, in that text. */
export interface WordPieces {
  readonly ids: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** A subword tokenizer that says where its pieces stand in the text. WordPiece ships; other encoders have others. */
export interface WordPieceTokenizer {
  /** Ids of [CLS] and [SEP], which frame a window. */
  readonly cls: number;
  readonly sep: number;
  split(text: string): WordPieces;
}

/** A longer word becomes one [UNK], as in the reference tokenizer. */
const LONGEST_WORD = 100;
const CACHED_WORDS = 20_000;

const WHITE_SPACE = /^[\t\n\r\p{Z}]$/u;
const DROPPED = /^[\p{C}\p{Mn}\uFFFD]$/u;
const PUNCTUATION = /^[\p{P}$+<=>^`|~]$/u;

/** @throws Error when the vocabulary lacks BERT's special pieces */
export function createWordPieceTokenizer(vocabulary: readonly string[]): WordPieceTokenizer {
  const idOf = new Map(vocabulary.map((piece, id) => [piece, id]));
  const special = (piece: string): number => {
    const id = idOf.get(piece);
    if (id === undefined)
      throw new Error(`The encoder's vocabulary has no ${piece}: it is not a BERT vocabulary.`);
    return id;
  };
  const unknown = special('[UNK]');
  /** Per word, the id of each of its pieces and its length in code points. Emptied when full, which bounds its memory. */
  const cache = new Map<string, readonly (readonly [id: number, length: number])[]>();

  function piecesOf(word: string): readonly (readonly [number, number])[] {
    const known = cache.get(word);
    if (known) return known;
    const pieces = greedyPieces([...word]);
    if (cache.size >= CACHED_WORDS) cache.clear();
    cache.set(word, pieces);
    return pieces;
  }

  /** The pieces of a word, from the left, each as long as possible; a word with an unmatched rest becomes one [UNK]. */
  function greedyPieces(characters: readonly string[]): (readonly [number, number])[] {
    const whole = [[unknown, characters.length] as const];
    if (characters.length > LONGEST_WORD) return whole;
    const pieces: (readonly [number, number])[] = [];
    for (let start = 0; start < characters.length;) {
      let end = characters.length;
      let id: number | undefined;
      for (; end > start; end--) {
        id = idOf.get((start > 0 ? '##' : '') + characters.slice(start, end).join(''));
        if (id !== undefined) break;
      }
      if (id === undefined) return whole;
      pieces.push([id, end - start]);
      start = end;
    }
    return pieces;
  }

  function split(text: string): WordPieces {
    const ids: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    // The word so far, and for each of its normalised characters where it starts and ends in the text.
    let word = '';
    let from: number[] = [];
    let to: number[] = [];

    const flush = (): void => {
      if (word === '') return;
      let at = 0;
      for (const [id, length] of piecesOf(word)) {
        ids.push(id);
        starts.push(from[at]!);
        ends.push(to[at + length - 1]!);
        at += length;
      }
      word = '';
      from = [];
      to = [];
    };
    const append = (character: string, start: number, end: number): void => {
      word += character;
      from.push(start);
      to.push(end);
    };

    for (let i = 0; i < text.length;) {
      const code = text.codePointAt(i)!;
      const end = i + (code > 0xffff ? 2 : 1);
      if (isAsciiAlphanumeric(code)) {
        append(code >= 65 && code <= 90 ? String.fromCharCode(code + 32) : text[i]!, i, end);
      } else {
        const character = text.slice(i, end);
        if (WHITE_SPACE.test(character)) {
          flush();
        } else {
          for (const part of normalised(character)) {
            const alone = PUNCTUATION.test(part) || isCjk(part.codePointAt(0)!);
            if (alone) flush();
            append(part, i, end);
            if (alone) flush();
          }
        }
      }
      i = end;
    }
    flush();
    return { ids, starts, ends };
  }

  return { cls: special('[CLS]'), sep: special('[SEP]'), split };
}

function isAsciiAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** A character in lower case, without accents, control and format characters; may be empty. */
function normalised(character: string): readonly string[] {
  return [...character.normalize('NFD').toLowerCase().normalize('NFD')].filter((part) => !DROPPED.test(part));
}

/** Is a character in one of the ranges that BERT's reference tokenizer splits character by character? */
function isCjk(code: number): boolean {
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x20000 && code <= 0x2a6df) ||
    (code >= 0x2a700 && code <= 0x2b73f) ||
    (code >= 0x2b740 && code <= 0x2b81f) ||
    (code >= 0x2b820 && code <= 0x2ceaf) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0x2f800 && code <= 0x2fa1f)
  );
}
