import type { BlockContext, InlineContext, Line, MarkdownConfig } from '@lezer/markdown';
import { isInside, LONGEST_INLINE } from './markdownParser';

/**
 * Marks that people put into Markdown beyond CommonMark and GitHub's. Those of note takers (Obsidian), of Pandoc, Quarto and
 * documentation sites mean nothing else in a text without them, so they are honoured in every Markdown file. MDX is a
 * language of its own: braces hold code, and HTML is no block.
 */
const PERCENT = 37;
const COLON = 58;
const LESS_THAN = 60;
const AT = 64;
const BRACKET = 91;
const CARET = 94;
const BRACE = 123;
const BAR = 124;
const EXCLAMATION = 33;

/** Wikilinks, comments, block ids, attributes, citations, line blocks, fenced divs, alerts, definition lists. */
export const commonMarks: MarkdownConfig = {
  defineNodes: [
    'WikilinkMark',
    'Wikilink',
    'Embed',
    'NoteComment',
    'BlockId',
    'Attributes',
    'Citation',
    'CitationKey',
    'LineBlockMark',
    { name: 'NoteCommentBlock', block: true },
    { name: 'DivFence', block: true },
    { name: 'AlertMark', block: true },
    { name: 'BlockTitle', block: true },
    { name: 'DefinitionMark', block: true },
    { name: 'DefinitionItem', block: true, composite: isInDefinition },
  ],
  parseInline: [{ name: 'CommonMarks', before: 'Escape', parse: parseCommonMark }],
  parseBlock: [
    { name: 'NoteCommentBlock', before: 'FencedCode', parse: parseCommentBlock, endLeaf: isCommentFence },
    { name: 'DivFence', before: 'FencedCode', parse: parseDivFence, endLeaf: isDivFence },
    { name: 'Alert', before: 'LinkReference', parse: parseAlert },
    { name: 'DefinitionItem', before: 'FencedCode', parse: parseDefinitionItem, endLeaf: isDefinition },
  ],
};

/** JSX tags, expressions in braces, import and export; neither HTML blocks nor indented code. */
export const mdx: MarkdownConfig = {
  defineNodes: ['Expression', { name: 'Module', block: true }],
  remove: ['HTMLBlock', 'IndentedCode', 'Autolink'],
  parseInline: [{ name: 'Mdx', before: 'Escape', parse: parseMdx }],
  parseBlock: [{ name: 'Module', before: 'FencedCode', parse: parseModule }],
};

function parseCommonMark(cx: InlineContext, next: number, at: number): number {
  switch (next) {
    case BRACKET:
      return cx.char(at + 1) === BRACKET ? parseWikilink(cx, at) : parseCitation(cx, at);
    case EXCLAMATION:
      return parseWhole(cx, at, 'Embed', /^!\[\[[^[\]\n]+\]\]/);
    case PERCENT:
      return parseWhole(cx, at, 'NoteComment', /^%%(?:(?!%%)[^])*%%/);
    case CARET:
      // The last thing in a block, after white space.
      return /^$|\s/.test(cx.slice(Math.max(cx.offset, at - 1), at))
        ? parseWhole(cx, at, 'BlockId', /^\^[A-Za-z0-9-]+[ \t]*$/)
        : -1;
    case BRACE:
      return parseWhole(cx, at, 'Attributes', ATTRIBUTES);
    case AT:
      return /[\p{L}\p{N}_.@/]/u.test(cx.slice(Math.max(cx.offset, at - 1), at))
        ? -1
        : parseWhole(
            cx,
            at,
            'CitationKey',
            /^@(?:\{[^{}\s]+\}|[\p{L}\p{N}_](?:[\p{L}\p{N}_:.#$%&+?<>~/-]*[\p{L}\p{N}_])?)/u,
          );
    case BAR:
      return at === cx.offset || cx.char(at - 1) === 10
        ? parseWhole(cx, at, 'LineBlockMark', /^\|(?:[ \t]+(?=[^|\n]*(?:\n|$))|[ \t]*(?=\n|$))/)
        : -1;
    default:
      return -1;
  }
}

/** An identifier, classes, `key=value`: what Pandoc, kramdown and Quarto put behind what it belongs to. */
const ATTRIBUTES =
  /^\{:?(?:[ \t]*(?:[#.][\p{L}_][\p{L}\p{N}_:.-]*|[\p{L}_][\p{L}\p{N}_:.-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+)|=[\w-]+|-))+[ \t]*\}/u;

function parseWhole(cx: InlineContext, at: number, name: string, pattern: RegExp): number {
  const found = pattern.exec(cx.slice(at, Math.min(cx.end, at + LONGEST_INLINE)));
  return found ? cx.addElement(cx.elt(name, at, at + found[0].length)) : -1;
}

/** `[[target|label]]`: the label is read; without one the target is what the page shows. */
function parseWikilink(cx: InlineContext, at: number): number {
  const found = /^\[\[([^[\]|\n]+\|)?([^[\]|\n]+)\]\]/.exec(
    cx.slice(at, Math.min(cx.end, at + LONGEST_INLINE)),
  );
  if (!found) return -1;
  const end = at + found[0].length;
  const label = at + 2 + (found[1]?.length ?? 0);
  return cx.addElement(
    cx.elt('Wikilink', at, end, [cx.elt('WikilinkMark', at, label), cx.elt('WikilinkMark', end - 2, end)]),
  );
}

/** `[see @key, p. 3; -@other]`: brackets that hold a key are a citation as a whole. */
function parseCitation(cx: InlineContext, at: number): number {
  return parseWhole(cx, at, 'Citation', /^\[(?:[^[\]@\n]*[\s;(-])?@[\p{L}\p{N}_{][^[\]]*\](?![([])/u);
}

/** A line of two per cent signs and nothing else opens and closes a comment of any length. */
function isCommentFence(_: BlockContext, line: Line): boolean {
  return line.next === PERCENT && /^%%[ \t]*$/.test(line.text.slice(line.pos));
}

function parseCommentBlock(cx: BlockContext, line: Line): boolean {
  if (!isCommentFence(cx, line)) return false;
  const start = cx.lineStart + line.pos;
  const marks = [];
  while (cx.nextLine() && isInside(cx, line)) {
    for (const mark of line.markers) marks.push(mark);
    if (isCommentFence(cx, line)) {
      cx.nextLine();
      break;
    }
  }
  cx.addElement(cx.elt('NoteCommentBlock', start, cx.prevLineEnd(), marks));
  return true;
}

/** `::: {.class}`, `::: name`, `::: name A title` or `:::`, perhaps with a fence behind it too. */
const DIV = /^:{3,}[ \t]*(?:(\{[^{}\n]*\}|[\w.-]+)(?:[ \t]+([^\n:{][^\n]*?))?)?[ \t]*:*[ \t]*$/;

function isDivFence(_: BlockContext, line: Line): boolean {
  return line.next === COLON && DIV.test(line.text.slice(line.pos));
}

/** Only the line itself: what stands between two fences is read as it is anywhere. A title is a line of its own. */
function parseDivFence(cx: BlockContext, line: Line): boolean {
  if (line.next !== COLON) return false;
  const rest = line.text.slice(line.pos);
  const found = rest.length > LONGEST_INLINE ? null : DIV.exec(rest);
  if (!found) return false;
  const start = cx.lineStart + line.pos;
  const title = found[2];
  const from = title === undefined ? -1 : start + rest.lastIndexOf(title);
  const end = cx.lineStart + line.text.length;
  cx.nextLine();
  if (title === undefined) cx.addElement(cx.elt('DivFence', start, end));
  else addTitle(cx, from, title, cx.elt('DivFence', start, from));
  return true;
}

function addTitle(
  cx: BlockContext,
  from: number,
  title: string,
  mark: ReturnType<BlockContext['elt']>,
): void {
  cx.addElement(mark);
  cx.addElement(cx.elt('BlockTitle', from, from + title.length, cx.parser.parseInline(title, from)));
}

/** `> [!NOTE]` of GitHub and `> [!tip]- A title` of Obsidian: the mark is skipped, a title is a line of its own. */
function parseAlert(cx: BlockContext, line: Line): boolean {
  if (line.next !== BRACKET || cx.parentType().name !== 'Blockquote') return false;
  const rest = line.text.slice(line.pos);
  const found = /^\[![\p{L}\p{N}_-]+(?:\|[^\]\n]*)?\][+-]?[ \t]*/u.exec(rest.slice(0, LONGEST_INLINE));
  if (!found) return false;
  const start = cx.lineStart + line.pos;
  const from = start + found[0].length;
  const title = rest.slice(found[0].length).trimEnd();
  cx.nextLine();
  const mark = cx.elt('AlertMark', start, Math.max(start + 1, from));
  if (title === '') cx.addElement(mark);
  else addTitle(cx, from, title, mark);
  return true;
}

/** `: what the term above means`, as Pandoc and others write definition lists. */
function isDefinition(_: BlockContext, line: Line): boolean {
  return line.next === COLON && /^:[ \t]{1,3}(?=\S)/.test(line.text.slice(line.pos));
}

function parseDefinitionItem(cx: BlockContext, line: Line): boolean | null {
  if (!isDefinition(cx, line)) return false;
  const width = /^:[ \t]+/.exec(line.text.slice(line.pos))![0].length;
  const column = line.indent + width;
  cx.startComposite('DefinitionItem', line.pos, column - line.baseIndent);
  cx.addElement(cx.elt('DefinitionMark', cx.lineStart + line.pos, cx.lineStart + line.pos + 1));
  line.moveBase(line.pos + width);
  return null;
}

function isInDefinition(_: BlockContext, line: Line, width: number): boolean {
  if (line.next >= 0 && line.indent < line.baseIndent + width) return false;
  line.moveBaseColumn(line.baseIndent + width);
  return true;
}

function parseMdx(cx: InlineContext, next: number, at: number): number {
  if (next !== BRACE && next !== LESS_THAN) return -1;
  const text = cx.slice(at, Math.min(cx.end, at + LONGEST_INLINE));
  if (next === BRACE) {
    const end = braceEnd(text, 0);
    return end < 0 ? -1 : cx.addElement(cx.elt('Expression', at, at + end));
  }
  const end = tagEnd(text);
  return end < 0 ? -1 : cx.addElement(cx.elt('HTMLTag', at, at + end));
}

/** Past the brace that closes the one at `start`, strings respected; -1 without one. */
function braceEnd(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let i = start; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote !== '') {
      if (character === '\\') i++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === '`') quote = character;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return i + 1;
  }
  return -1;
}

/** Past the end of a JSX tag; attributes may hold strings, and expressions that hold tags. */
function tagEnd(text: string): number {
  if (!/^<\/?(?:[\p{L}_$][\p{L}\p{N}_$.:-]*)?[\s/>{]/u.test(text)) return -1;
  for (let i = 1; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '>') return i + 1;
    if (character === '"' || character === "'") {
      const close = text.indexOf(character, i + 1);
      if (close < 0) return -1;
      i = close;
    } else if (character === '{') {
      const close = braceEnd(text, i);
      if (close < 0) return -1;
      i = close - 1;
    }
  }
  return -1;
}

/** `import …` and `export …` up to a blank line outside of braces. */
function parseModule(cx: BlockContext, line: Line): boolean {
  if (line.indent !== line.baseIndent || !/^(?:import|export)[\s{*'"]/.test(line.text.slice(line.pos)))
    return false;
  const start = cx.lineStart + line.pos;
  let open = bracesOf(line.text);
  while (cx.nextLine() && isInside(cx, line) && (open > 0 || line.next >= 0)) open += bracesOf(line.text);
  cx.addElement(cx.elt('Module', start, cx.prevLineEnd()));
  return true;
}

function bracesOf(text: string): number {
  return (text.match(/[{([]/g)?.length ?? 0) - (text.match(/[})\]]/g)?.length ?? 0);
}
