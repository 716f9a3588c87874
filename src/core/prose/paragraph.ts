import type { TextChange } from '../edits';
import type { Span } from '../model';

/**
 * A paragraph of prose as a reader sees it: markup removed, lines joined. Plain data, so it can cross processes.
 * All offsets are UTF-16 code units, ends exclusive.
 */
export interface Paragraph {
  readonly text: string;
  readonly kind: 'heading' | 'body';
  /** Spans of `text` that the encoder gets as context but that are never annotated (inline code), in text order. */
  readonly opaque: readonly Span[];
  /** The paragraph's span in the source. */
  readonly source: Span;
  /**
   * The offset map: triples (start in `text`, start in the source, end in the source), ordered, source offsets
   * relative to `source.start` so that a paragraph that only moves keeps its map. A piece as long in the source as in
   * `text` maps one to one; any other (an entity, a run of spaces) maps as a whole. Read it with `sourceSpan`.
   */
  readonly offsets: readonly number[];
}

/** A text and its paragraphs. Immutable: an edit returns a new document that shares what did not change. */
export interface ProseDocument {
  readonly text: string;
  /** In source order. A paragraph the last edit neither touched nor moved is the same object as before. */
  readonly paragraphs: readonly Paragraph[];
  /**
   * Applies changes made together, in any order.
   * @throws RangeError if they overlap or lie outside the text
   */
  edit(changes: readonly TextChange[]): ProseDocument;
}

/** Index in `offsets` of the piece that holds a text offset. */
function pieceAt(offsets: readonly number[], offset: number): number {
  let low = 0;
  let high = offsets.length / 3 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle * 3]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low * 3;
}

/**
 * Where a span of a paragraph's text stands in the source. Markup inside the span is covered, markup around it is not:
 * both `*word*` and `w*or*d` give what stretches from `w` to `d`.
 */
export function sourceSpan(paragraph: Paragraph, start: number, end: number): Span {
  const { offsets, text, source } = paragraph;
  const edge = (offset: number, isEnd: boolean): number => {
    const piece = pieceAt(offsets, isEnd ? offset - 1 : offset);
    const textStart = offsets[piece]!;
    const from = offsets[piece + 1]!;
    const to = offsets[piece + 2]!;
    const length = (offsets[piece + 3] ?? text.length) - textStart;
    if (length === to - from) return source.start + from + (offset - textStart);
    return source.start + (isEnd ? to : from);
  };
  if (start >= text.length) return { start: source.end, end: source.end };
  const from = edge(Math.max(0, start), false);
  return { start: from, end: end > start ? edge(Math.min(end, text.length), true) : from };
}

/** The same paragraph, its source `distance` units further on. */
export function moveParagraph(paragraph: Paragraph, distance: number): Paragraph {
  if (distance === 0) return paragraph;
  const { text, kind, opaque, source, offsets } = paragraph;
  // Fields are written out, which is faster than a spread: thousands of paragraphs move at each key stroke.
  return {
    text,
    kind,
    opaque,
    source: { start: source.start + distance, end: source.end + distance },
    offsets,
  };
}

/** White space that a reader sees as one space, line ends included; a no-break space is kept as written. */
export function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 9 && code <= 13) || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** Characters without width that only matter to typesetting: soft hyphen, zero-width space, word joiner, BOM. */
function isInvisible(code: number): boolean {
  return code === 0xad || code === 0x200b || code === 0x2060 || code === 0xfeff;
}

/** What stands for letters that older and typeset texts write as one character: the tagger and the encoder know the letters alone. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ſ', 's'],
  ['ﬀ', 'ff'],
  ['ﬁ', 'fi'],
  ['ﬂ', 'fl'],
  ['ﬃ', 'ffi'],
  ['ﬄ', 'ffl'],
  ['ﬅ', 'st'],
  ['ﬆ', 'st'],
]);
/** Characters that are typed for an apostrophe: beside a letter, and those that quote as well between two. */
const APOSTROPHE = /(?<=\p{L})[´ʼ＇]|[´ʼ＇](?=\p{L})|(?<=\p{L})[‘`](?=\p{L})/gu;
const REPLACED = /[ſﬀ-ﬆ´ʼ＇‘`]/;

const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** Gathers one paragraph from left to right; source offsets passed in are absolute and never go back. */
export interface ParagraphBuilder {
  /** Source text as it is, but for white space (runs become one space) and invisible characters (dropped). */
  copy(from: number, to: number): void;
  /** Text that stands for a source range, such as a decoded entity. */
  put(text: string, from: number, to: number): void;
  /** White space, or something unreadable that parts two words. */
  space(from: number, to: number): void;
  /** What is added between these two becomes an opaque span, and counts for no words. */
  beginOpaque(): void;
  endOpaque(): void;
  /** The paragraph; `undefined` if nothing in it could be a word. */
  finish(kind: Paragraph['kind']): Paragraph | undefined;
}

export function buildParagraph(source: string): ParagraphBuilder {
  const parts: string[] = [];
  const offsets: number[] = []; // absolute until `finish`
  const opaque: Span[] = [];
  let length = 0;
  let hasWord = false;
  let opaqueStart = -1; // -2 once opened but before its first character
  let spaceFrom = -1;
  let spaceTo = -1;
  let lastLinear = false;

  const emit = (text: string, from: number, to: number): void => {
    const linear = text.length === to - from;
    if (linear && lastLinear && offsets[offsets.length - 1] === from) offsets[offsets.length - 1] = to;
    else offsets.push(length, from, to);
    lastLinear = linear;
    parts.push(text);
    length += text.length;
  };
  const add = (text: string, from: number, to: number): void => {
    if (spaceFrom >= 0) {
      if (length > 0) emit(' ', spaceFrom, spaceTo);
      spaceFrom = -1;
    }
    if (opaqueStart === -2) opaqueStart = length;
    else if (opaqueStart === -1) hasWord ||= LETTER_OR_DIGIT.test(text);
    emit(text, from, to);
  };
  /** Source text without white space and invisible characters. */
  const addPlain = (from: number, to: number): void => {
    const text = source.slice(from, to);
    if (!REPLACED.test(text) || opaqueStart !== -1) {
      add(text, from, to);
      return;
    }
    const plain = text.replace(APOSTROPHE, '’');
    let run = 0;
    for (let at = 0; at < plain.length; at++) {
      const letters = LETTERS.get(plain[at]!);
      if (letters === undefined) continue;
      if (at > run) add(plain.slice(run, at), from + run, from + at);
      add(letters, from + at, from + at + 1);
      run = at + 1;
    }
    if (run < plain.length) add(plain.slice(run), from + run, to);
  };
  const space = (from: number, to: number): void => {
    if (spaceFrom < 0) spaceFrom = from;
    spaceTo = to;
  };

  return {
    copy(from, to) {
      let run = from;
      for (let at = from; at < to;) {
        const code = source.charCodeAt(at);
        if (code === 0x20 && at > run && at + 1 < to && !isBlank(source.charCodeAt(at + 1))) {
          at++; // a single space inside a line needs no piece of its own
        } else if (isBlank(code)) {
          if (at > run) addPlain(run, at);
          const start = at;
          do at++;
          while (at < to && isBlank(source.charCodeAt(at)));
          space(start, at);
          run = at;
        } else if (isInvisible(code)) {
          if (at > run) addPlain(run, at);
          run = ++at;
        } else at++;
      }
      if (to > run) addPlain(run, to);
    },
    put(text, from, to) {
      if (text.length === 1 && isBlank(text.charCodeAt(0))) space(from, to);
      else if (text !== '' && !(text.length === 1 && isInvisible(text.charCodeAt(0)))) add(text, from, to);
    },
    space,
    beginOpaque() {
      opaqueStart = -2;
    },
    endOpaque() {
      if (opaqueStart >= 0) opaque.push({ start: opaqueStart, end: length });
      opaqueStart = -1;
    },
    finish(kind) {
      if (!hasWord) return undefined;
      const start = offsets[1]!;
      const end = offsets[offsets.length - 1]!;
      for (let i = 0; i < offsets.length; i += 3) {
        offsets[i + 1]! -= start;
        offsets[i + 2]! -= start;
      }
      return { text: parts.join(''), kind, opaque, source: { start, end }, offsets };
    },
  };
}
