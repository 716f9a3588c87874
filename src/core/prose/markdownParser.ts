import {
  type BlockContext,
  GFM,
  type InlineContext,
  type Line,
  type MarkdownConfig,
  type MarkdownParser,
  parser as commonMark,
} from '@lezer/markdown';

/**
 * Longest math, template or footnote label, in UTF-16 units. It also keeps an opening mark without a closing one from
 * costing a search through the whole document.
 */
export const LONGEST_INLINE = 1000;

const DOLLAR = 36;
const BRACKET = 91;
const BACKSLASH = 92;
const BRACE = 123;

/** Math, template expressions and footnote labels, which CommonMark has no nodes for. */
const extras: MarkdownConfig = {
  defineNodes: [
    'Math',
    'Template',
    'FootnoteLabel',
    { name: 'MathBlock', block: true },
    { name: 'Definition', block: true },
  ],
  // The parser's own rule reads a paragraph again for each of its lines while a title stays open.
  remove: ['LinkReference'],
  parseInline: [{ name: 'Extras', before: 'Escape', parse: parseExtra }],
  parseBlock: [
    {
      name: 'MathBlock',
      before: 'FencedCode',
      parse: parseMathBlock,
      endLeaf: (_, line) => mathEnd(line) !== null,
    },
    { name: 'Definition', before: 'FencedCode', parse: parseDefinition },
  ],
};

function parseExtra(cx: InlineContext, next: number, at: number): number {
  let length = 0;
  let name = 'Math';
  if (next === DOLLAR) {
    // Not the second half of `$$`, and not the end of `5$`.
    if (at > cx.offset && /[\p{L}\p{N}\\$]/u.test(cx.slice(at - 1, at))) return -1;
    length = dollarMath(cx.slice(at, at + LONGEST_INLINE));
  } else if (next === BACKSLASH) {
    const after = cx.char(at + 1);
    if (after !== 40 && after !== BRACKET) return -1;
    length = backslashMath(cx.slice(at, at + LONGEST_INLINE));
  } else if (next === BRACE) {
    name = 'Template';
    length = /^\{\{[^{}]*\}\}\}?|^\{%[^{}]*%\}/.exec(cx.slice(at, at + LONGEST_INLINE))?.[0].length ?? 0;
  } else if (next === BRACKET && cx.char(at + 1) === 94) {
    name = 'FootnoteLabel';
    const label = /^\[\^[^[\]\s]+\]/.exec(cx.slice(at, at + LONGEST_INLINE));
    length = label?.[0].length ?? 0;
    if (length > 0 && at === cx.offset && cx.char(at + length) === 58) length++; // the colon of a definition
  }
  return length > 0 ? cx.addElement(cx.elt(name, at, at + length)) : -1;
}

/** Length of `$…$` or `$$…$$` at the start of `text`, by pandoc's rules and some more against prices and shell variables. */
function dollarMath(text: string): number {
  const display = /^\$\$(?!\$)(?:[^$\\]|\\[^])+\$\$/.exec(text);
  if (display) return display[0].length;
  const inline = /^\$((?![\s$])(?:[^$\\]|\\[^])*)\$(?![\p{L}\p{N}$])/u.exec(text);
  if (!inline || /\s$/.test(inline[1]!)) return 0;
  // "$5, or 5$" is money.
  return /^\d/.test(inline[1]!) && /\s[a-z]{2}/i.test(inline[1]!) ? 0 : inline[0].length;
}

/** Length of `\(…\)` or `\[…\]` at the start of `text`; 0 if there are only words inside, as in `\[sic\]`. */
function backslashMath(text: string): number {
  const found = /^\\\(([^]*?)\\\)|^\\\[([^]*?)\\\]/.exec(text);
  if (!found) return 0;
  const content = (found[1] ?? found[2]!).trim();
  return /[\\^_=+<>{}]/.test(content) || /^\p{L}$/u.test(content) ? found[0].length : 0;
}

/** Matches the end of the math block that a line opens; `null` if the line opens none. */
function mathEnd(line: Line): RegExp | null {
  if (line.next !== DOLLAR && line.next !== BACKSLASH) return null;
  const rest = line.text.slice(line.pos);
  if (/^\$\$[^$]*$/.test(rest)) return /\$\$\s*$/;
  return rest.startsWith('\\[') && !rest.includes('\\]') && /^\\\[\s*$|[\\^_=]/.test(rest.slice(2))
    ? /\\\]\s*$/
    : null;
}

function parseMathBlock(cx: BlockContext, line: Line): boolean {
  const end = mathEnd(line);
  if (!end) return false;
  const start = cx.lineStart + line.pos;
  const marks = [];
  // A blank line ends the block too, so that a forgotten closing mark does not hide the rest of the document.
  while (cx.nextLine() && isInside(cx, line) && line.next >= 0) {
    for (const mark of line.markers) marks.push(mark);
    if (end.test(line.text)) {
      cx.nextLine();
      break;
    }
  }
  cx.addElement(cx.elt('MathBlock', start, cx.prevLineEnd(), marks));
  return true;
}

/** Does the current line still belong to every container around the block? The parser counts that, but untyped. */
export function isInside(cx: BlockContext, line: Line): boolean {
  return (line as Line & { readonly depth: number }).depth >= cx.depth;
}

const TITLE = '(?:"[^"]*"|\'[^\']*\'|\\([^()]*\\))';
const DEFINITION = new RegExp(
  `^\\[(?!\\^)(?:[^[\\]\\\\]|\\\\.)+\\]:[ \\t]*(<[^<>]*>|[^<\\s]\\S*)?(?:[ \\t]+(${TITLE}))?[ \\t]*$`,
);

/** `[label]: target "title"`, target or title perhaps on the line below. */
function parseDefinition(cx: BlockContext, line: Line): boolean {
  if (line.next !== BRACKET) return false;
  const rest = line.text.slice(line.pos);
  if (rest.length > LONGEST_INLINE) return false;
  const found = DEFINITION.exec(rest);
  if (!found) return false;
  const start = cx.lineStart + line.pos;
  if (found[1] === undefined) {
    if (!/^\s*(?:<[^<>]*>|[^\s#<>]\S*)\s*$/.test(cx.peekLine())) return false;
    cx.nextLine();
  }
  if (found[2] === undefined && new RegExp(`^\\s*${TITLE}\\s*$`).test(cx.peekLine().slice(0, LONGEST_INLINE)))
    cx.nextLine();
  cx.nextLine();
  cx.addElement(cx.elt('Definition', start, cx.prevLineEnd()));
  return true;
}

/** Marks at each of which the inline parser may search the rest of its text, and how many of them a piece may have. */
const COSTLY = /[[\]<`*_~$\\!&@{%^]|www/g;
const MOST_MARKS = 250;
const MOST_STEPS = 2_000_000;

function lastGap(text: string): number {
  return Math.max(text.lastIndexOf(' '), text.lastIndexOf('\n'));
}

/**
 * Ends of the pieces in which a long text is parsed. The inline parser's time grows with marks times length, so a text with
 * too much of both is cut, best at a space. Markup across a cut is not recognised. Ordinary paragraphs stay whole.
 */
function piecesOf(text: string): readonly number[] {
  const cuts: number[] = [];
  let start = 0;
  let marks = 0;
  for (const { index } of text.matchAll(COSTLY)) {
    marks++;
    if (marks <= MOST_MARKS && marks * (index - start) <= MOST_STEPS) continue;
    // The space is looked for a short way back only: a search to the start of the text at each cut would be quadratic.
    const from = Math.max(start, index - LONGEST_INLINE);
    const gap = lastGap(text.slice(from, index));
    const cut = gap >= 0 ? from + gap + 1 : index;
    if (cut <= start) continue;
    cuts.push(cut);
    start = cut;
    marks = 1;
  }
  cuts.push(text.length);
  return cuts;
}

/** @param dialects what the file honours beside CommonMark, GitHub's marks and those of `extras` */
export function createMarkdownParser(dialects: readonly MarkdownConfig[]): MarkdownParser {
  const parser = commonMark.configure([...GFM, extras, ...dialects]);
  const parseInline = parser.parseInline.bind(parser);
  parser.parseInline = (text, offset) => {
    if (text.length < LONGEST_INLINE) return parseInline(text, offset);
    let start = 0;
    return piecesOf(text).flatMap((end) => {
      const piece = parseInline(text.slice(start, end), offset + start);
      start = end;
      return piece;
    });
  };
  return parser;
}
