import { changedText, Edit } from '../edits';
import { buildParagraph, isBlank, moveParagraph, type Paragraph, type ProseDocument } from './paragraph';

export interface PlainTextOptions {
  /**
   * Is this a word? Called with the two halves of a word that is hyphenated at the end of a line, joined and in the case as
   * written: the hyphen of a known word is dropped. Without this function every such hyphen stays.
   */
  readonly isWord?: (word: string) => boolean;
}

/** Lines longer than this, in UTF-16 units, were not wrapped by hand: each is a paragraph of its own. */
const LONGEST_WRAPPED_LINE = 120;
/** A heading is no longer than this. */
const LONGEST_HEADING = 80;

/** A run of lines, and the blank lines after it, so that blocks leave no gap between them. */
interface Block {
  readonly start: number;
  readonly paragraphs: readonly Paragraph[];
}

/** Opens a plain text. The time for an edit grows with the blocks between blank lines that it touches, not with the text. */
export function openPlainText(text: string, options: PlainTextOptions = {}): ProseDocument {
  return createDocument(text, readBlocks(text, 0, text.length, options), options);
}

/** The paragraphs of a plain text, in source order. */
export function readPlainText(text: string, options: PlainTextOptions = {}): readonly Paragraph[] {
  return openPlainText(text, options).paragraphs;
}

function createDocument(text: string, blocks: readonly Block[], options: PlainTextOptions): ProseDocument {
  return {
    text,
    paragraphs: paragraphsOf(blocks),
    edit(changes) {
      if (changes.length === 0) return this;
      const edit = new Edit(changes, text.length);
      const newText = changedText(text, edit.changes);
      return createDocument(newText, editedBlocks(blocks, edit, newText, options), options);
    },
  };
}

function paragraphsOf(blocks: readonly Block[]): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const block of blocks) for (const paragraph of block.paragraphs) paragraphs.push(paragraph);
  return paragraphs;
}

/** Reads anew from the block before the first change to the block after the last, as an edited block can merge with both. */
function editedBlocks(
  blocks: readonly Block[],
  edit: Edit,
  newText: string,
  options: PlainTextOptions,
): readonly Block[] {
  const { changes } = edit;
  const distance = edit.distance(changes.length);
  const first = Math.max(0, blockAt(blocks, changes[0]!.start) - 1);
  const afterLast = Math.min(blocks.length, blockAt(blocks, changes.at(-1)!.end) + 2);
  const from = first === 0 ? 0 : blocks[first]!.start;
  const to = afterLast < blocks.length ? blocks[afterLast]!.start + distance : newText.length;
  const moved = blocks.slice(afterLast);
  return [
    ...blocks.slice(0, first),
    ...readBlocks(newText, from, to, options),
    ...(distance === 0
      ? moved
      : moved.map(({ start, paragraphs }) => ({
          start: start + distance,
          paragraphs: paragraphs.map((paragraph) => moveParagraph(paragraph, distance)),
        }))),
  ];
}

/** Index of the block that holds an offset; 0 if there is none. */
function blockAt(blocks: readonly Block[], offset: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (blocks[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A line of the source without the white space around it. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Width of the white space before it, a tab counting as four. */
  readonly indent: number;
}

function readBlocks(text: string, from: number, to: number, options: PlainTextOptions): Block[] {
  const blocks: Block[] = [];
  let lines: Line[] = [];
  /** Where the first of the lines begins, its indentation included: a region to read anew may begin here. */
  let blockStart = from;
  const close = (): void => {
    // The first block of a region also owns the blank lines before it, so that blocks leave no gap.
    if (lines.length > 0)
      blocks.push({
        start: blocks.length === 0 ? from : blockStart,
        paragraphs: readBlock(text, lines, options),
      });
    lines = [];
  };
  for (let lineStart = from; lineStart < to;) {
    let start = lineStart;
    let indent = 0;
    let code = text.charCodeAt(start);
    while (start < to && code !== 10 && code !== 13 && (isBlank(code) || code === 0xa0 || code === 0xfeff)) {
      if (code !== 0xfeff) indent += code === 9 ? 4 : 1;
      code = text.charCodeAt(++start);
    }
    let lineEnd = start;
    while (lineEnd < to && code !== 10 && code !== 13) code = text.charCodeAt(++lineEnd);
    let end = lineEnd;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
    if (end > start) {
      if (lines.length === 0) blockStart = lineStart;
      lines.push({ start, end, text: text.slice(start, end), indent });
    } else close();
    lineStart = lineEnd + (code === 13 && text.charCodeAt(lineEnd + 1) === 10 ? 2 : 1);
  }
  close();
  return blocks;
}

const HAS_LETTER = /[\p{L}\p{N}]/u;
const UNDERLINE = /^([=~^"-])\1{2,}$/;
/** Full stop, question or exclamation mark or ellipsis, perhaps inside quotes, brackets or emphasis. */
const ENDS_SENTENCE = /[.!?…]["'”’»)\]_]*$/;
/** `- item`, `3. item`, `(a) item`, `IV. item`. */
const LIST_ITEM = /^(?:[-*•‣+–—]|\(?(?:\d{1,3}|[a-zA-Z]|[IVXLCivxlc]{1,7})[.)])\s+\S/;
const BULLET = /^[-*•‣+–—]\s+/;
/** A line of a table of contents: leaders or a gap, then the page. */
const CONTENTS_LINE = /(?:\.{3,}|(?:\. ){3,}|\s{3,})\s*(?:\d{1,4}|[ivxlc]{1,7})$/i;
function endsSentence(line: Line): boolean {
  return ENDS_SENTENCE.test(line.text.slice(-12));
}

const PAGE = /[\divxlc]/i;

function isContentsLine(text: string): boolean {
  return PAGE.test(text.charAt(text.length - 1)) && CONTENTS_LINE.test(text.slice(-60));
}

const NUMBER =
  '(?:\\d{1,4}|[IVXLCDM]{1,8}|(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)' +
  '|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen' +
  '|eighteen|nineteen|twenty(?:[- ][a-z]+)?)';
const NUMBERED_PART = new RegExp(
  `^(?:chapter|book|part|volume|vol\\.|act|scene|canto|section|letter|stave|appendix)\\s+${NUMBER}(?=$|[\\s.:,;—–-])(.*)$`,
  'iu',
);
const NAMED_PART =
  /^(?:prologue|epilogue|preface|foreword|introduction|contents|table of contents|appendix|glossary|notes|footnotes|conclusion|postscript|afterword|finis|the end)[.:]?$/i;

/** Can this line be a heading, judged by its words alone? */
function looksLikeHeading(line: Line): boolean {
  const { text } = line;
  if (text.length > LONGEST_HEADING) return false;
  const bare = text.replace(/^_+|_+$/g, '');
  if (NAMED_PART.test(bare)) return true;
  const part = NUMBERED_PART.exec(bare);
  // The text after the number is a title if a stop or a capital begins it; "Part 3 describes" is no heading.
  if (part) return /^(?:$|[.:,;—–-]|\s+["“‘'(_]?[\p{Lu}\p{N}])/u.test(part[1]!.trimEnd());
  return isCapitals(bare);
}

/** A short line in capitals, such as `THE WHALE`; a cry in a dialogue or a lone initial is not one. */
function isCapitals(text: string): boolean {
  if (text.length > 60 || /\p{Ll}/u.test(text) || /^["“‘']/.test(text)) return false;
  return /\p{Lu}[\p{Lu}'’.-]+/u.test(text);
}

function readBlock(text: string, lines: readonly Line[], options: PlainTextOptions): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let group: Line[] = [];
  const close = (kind: Paragraph['kind']): void => {
    const paragraph = group.length > 0 ? join(text, group, kind, options) : undefined;
    if (paragraph) paragraphs.push(paragraph);
    group = [];
  };

  let baseIndent = Infinity;
  for (const line of lines) baseIndent = Math.min(baseIndent, line.indent);
  const isList = LIST_ITEM.test(lines[0]!.text);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const next = lines[i + 1];
    if (!HAS_LETTER.test(line.text)) {
      close(group.length === 1 && UNDERLINE.test(line.text) ? 'heading' : 'body');
      continue;
    }
    const last = group.at(-1);
    if (isContentsLine(line.text)) {
      close('body');
      group.push(line);
      close('heading');
      continue;
    }
    const mayStart = !last || endsSentence(last);
    // A line that the next one continues in small letters is no heading.
    if (mayStart && looksLikeHeading(line) && !(next && /^["“‘'(_]?\p{Ll}/u.test(next.text))) {
      close('body');
      group.push(line);
      close('heading');
      continue;
    }
    if (last && startsParagraph(line, last, baseIndent, isList)) close('body');
    group.push(line);
  }
  close('body');
  return paragraphs;
}

function startsParagraph(line: Line, previous: Line, baseIndent: number, isList: boolean): boolean {
  if (line.text.length > LONGEST_WRAPPED_LINE || previous.text.length > LONGEST_WRAPPED_LINE) return true;
  if (isList && LIST_ITEM.test(line.text)) return true;
  return line.indent >= baseIndent + 2 && line.indent > previous.indent && endsSentence(previous);
}

/** Makes one paragraph of lines: a space between two, or nothing where a word was hyphenated. */
function join(
  text: string,
  lines: readonly Line[],
  kind: Paragraph['kind'],
  options: PlainTextOptions,
): Paragraph | undefined {
  const builder = buildParagraph(text);
  const first = lines[0]!;
  const start = first.start + (BULLET.exec(first.text)?.[0].length ?? 0);
  const dropped = emphasisMarks(text, start, lines.at(-1)!.end);
  let nextMark = 0;
  const copy = (from: number, to: number): void => {
    let reached = from;
    for (; nextMark < dropped.length && dropped[nextMark]! < to; nextMark++) {
      const mark = dropped[nextMark]!;
      if (mark < reached) continue;
      builder.copy(reached, mark);
      reached = mark + 1;
    }
    builder.copy(reached, to);
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const next = lines[i + 1];
    const from = i === 0 ? start : line.start;
    const hyphen = next && hyphenAtEnd(line, next, options);
    copy(from, hyphen === 'dropped' ? line.end - 1 : line.end);
    if (next && !hyphen) builder.space(line.end, next.start);
  }
  return builder.finish(kind);
}

/** A word broken over two lines: what becomes of its hyphen. */
function hyphenAtEnd(line: Line, next: Line, options: PlainTextOptions): 'dropped' | 'kept' | undefined {
  const last = line.text.charCodeAt(line.text.length - 1);
  if (last !== 0x2d && last !== 0x2010) return undefined; // a cheap test first, as it settles nearly every line
  const tail = /([\p{L}\p{M}]+)[-\u2010]$/u.exec(line.text.slice(-60));
  const head = tail && /^[\p{L}\p{M}]+/u.exec(next.text.slice(0, 60));
  // "two- and three-year" leaves a hyphen hanging on purpose.
  if (!tail || !head || /^(?:and|or|to)$/.test(head[0])) return undefined;
  return options.isWord?.(tail[1]! + head[0]) ? 'dropped' : 'kept';
}

const WORD_UNIT = /[\p{L}\p{N}\p{M}]/u;

/**
 * Offsets of the underscores that Project Gutenberg sets around emphasised words. They come in pairs outside words, so
 * `snake_case`, `__init__` and a blank to fill in stay.
 */
function emphasisMarks(text: string, start: number, end: number): readonly number[] {
  const marks: number[] = [];
  let open = -1;
  for (let at = indexBefore(text, start, end); at >= 0; at = indexBefore(text, at + 1, end)) {
    const before = at > start ? text.charAt(at - 1) : ' ';
    const after = at + 1 < end ? text.charAt(at + 1) : ' ';
    if (before === '_' || after === '_') continue;
    if (open >= 0 && !isBlank(before.charCodeAt(0)) && !WORD_UNIT.test(after)) {
      marks.push(open, at);
      open = -1;
    } else if (!isBlank(after.charCodeAt(0)) && !WORD_UNIT.test(before)) open = at;
  }
  return marks;
}

/** Offset of the next underscore; -1 if there is none before `end`. */
function indexBefore(text: string, from: number, end: number): number {
  for (let at = from; at < end; at++) if (text.charCodeAt(at) === 0x5f) return at;
  return -1;
}
