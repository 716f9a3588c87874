import type { WordPieces, WordPieceTokenizer } from '../../core';
import { alignPieces, type PieceBytes } from './pieceAlignment';

/** The fields of `tokenizer.json` that are used here; the tokenizers library reads the others. */
export interface TokenizerJson {
  readonly model: {
    readonly type?: string;
    readonly unk_token?: string | null;
    readonly unk_id?: number | null;
    readonly continuing_subword_prefix?: string | null;
    readonly end_of_word_suffix?: string | null;
    readonly byte_fallback?: boolean;
  };
}

/** Text without white space is cut into chunks of at most 200 characters, as the library's time may grow with their square. */
const CHUNK = /[^\s]{1,200}/gu;
const CACHED_CHUNKS = 20_000;
const LONGEST_CACHED = 60;

/** Ids of a chunk's pieces, and where each piece starts and ends in the chunk. */
interface ChunkPieces {
  readonly ids: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/**
 * The tokenizer of a Hugging Face folder, with offsets. The library gives no offsets, so a text is cut at white space, each chunk
 * is tokenised with the space before it (unless the tokenizer adds one itself), and the pieces are aligned with the chunk's
 * characters. A tokenizer that splits at white space anyway, as those of the usual encoders do, gives the same pieces for the
 * chunks as for the whole text, except that a run of white space counts as one space.
 * @throws Error when the library cannot read the tokenizer, or it does not put exactly one piece before and after a text
 */
export async function createHubTokenizer(
  json: TokenizerJson,
  config: Readonly<Record<string, unknown>>,
): Promise<WordPieceTokenizer> {
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const tokenizer = new Tokenizer(json, config);
  const encode = (text: string, framed: boolean): { ids: number[]; tokens: string[] } =>
    tokenizer.encode(text, { add_special_tokens: framed });
  const inside = encode('a', false).ids;
  const framed = encode('a', true).ids;
  const [cls, sep] = [framed[0], framed.at(-1)];
  if (
    inside.length === 0 ||
    framed.length !== inside.length + 2 ||
    inside.some((id, i) => framed[i + 1] !== id)
  )
    throw new Error('its tokenizer does not frame a text with one piece before it and one after');
  // Tests whether a chunk needs the space before it to be cut as it is in the middle of a text.
  const following = encode('a a', false).ids.slice(inside.length).join();
  const space = encode(' a', false).ids.join() === following ? ' ' : '';
  const bytesOf = pieceBytes(
    json,
    tokenizer.token_to_id(json.model.unk_token ?? '') ?? json.model.unk_id ?? -1,
  );
  const cache = new Map<string, ChunkPieces>();

  function piecesOf(chunk: string): ChunkPieces {
    const known = cache.get(chunk);
    if (known) return known;
    const { ids, tokens } = encode(chunk, false);
    const spans = alignPieces(
      chunk,
      ids.map((id, i) => bytesOf(id, tokens[i]!)),
    );
    const pieces = { ids, starts: spans.map(({ start }) => start), ends: spans.map(({ end }) => end) };
    if (cache.size >= CACHED_CHUNKS) cache.clear();
    if (chunk.length <= LONGEST_CACHED) cache.set(chunk, pieces);
    return pieces;
  }

  return {
    cls: cls!,
    sep: sep!,
    split(text): WordPieces {
      const ids: number[] = [];
      const starts: number[] = [];
      const ends: number[] = [];
      for (const { 0: chunk, index } of text.matchAll(CHUNK)) {
        const before = index > 0 && /\s/.test(text[index - 1]!) ? space : '';
        const pieces = piecesOf(before + chunk);
        const offset = index - before.length;
        ids.push(...pieces.ids);
        for (const start of pieces.starts) starts.push(offset + start);
        for (const end of pieces.ends) ends.push(offset + end);
      }
      return { ids, starts, ends };
    },
  };
}

/** A function from a piece to the bytes that it stands for, by the conventions of its kind of tokenizer. */
function pieceBytes(json: TokenizerJson, unknown: number): (id: number, token: string) => PieceBytes {
  const { type, continuing_subword_prefix: prefix, end_of_word_suffix: suffix, byte_fallback } = json.model;
  const byteLevel = JSON.stringify({ ...json, model: undefined }).includes('"ByteLevel"');
  const continuing = prefix ?? (type === 'WordPiece' ? '##' : '');
  return (id, token) => {
    if (id === unknown) return undefined;
    if (byteLevel && [...token].every((character) => BYTE_OF.has(character)))
      return Uint8Array.from(token, (character) => BYTE_OF.get(character)!);
    const byte = byte_fallback ? /^<0x([0-9A-F]{2})>$/i.exec(token) : null;
    if (byte) return Uint8Array.of(Number.parseInt(byte[1]!, 16));
    let surface = token;
    if (continuing && surface.startsWith(continuing)) surface = surface.slice(continuing.length);
    if (suffix && surface.endsWith(suffix)) surface = surface.slice(0, -suffix.length);
    return new TextEncoder().encode(surface);
  };
}

/** Byte-level BPE writes a byte as a character (Radford et al. 2019): a printable byte as itself, others from U+0100 on. */
const BYTE_OF: ReadonlyMap<string, number> = (() => {
  const map = new Map<string, number>();
  let shifted = 0;
  for (let byte = 0; byte < 256; byte++) {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    map.set(String.fromCodePoint(printable ? byte : 0x100 + shifted++), byte);
  }
  return map;
})();
