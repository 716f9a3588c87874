import type { MarkdownParser } from '@lezer/markdown';
import { type ChangedRange, type Input, type SyntaxNodeRef, Tree, TreeFragment } from '@lezer/common';
import { changedText, Edit } from '../edits';
import { decodeEntity } from './entities';
import { readHtml } from './html';
import { commonMarks, mdx } from './markdownDialects';
import { createMarkdownParser } from './markdownParser';
import {
  buildParagraph,
  moveParagraph,
  type Paragraph,
  type ParagraphBuilder,
  type ProseDocument,
} from './paragraph';

const PARSERS = {
  markdown: createMarkdownParser([commonMarks]),
  mdx: createMarkdownParser([mdx, commonMarks]),
} as const;
/** Which marks a Markdown file honours. */
export type MarkdownDialect = keyof typeof PARSERS;

/** Longest inline code, in UTF-16 units, that stays in the text as context for the words around it. */
const LONGEST_CODE = 40;

/** Opens a Markdown text. The time for an edit grows with the blocks that it touches, not with the text. */
export function openMarkdown(text: string, dialect: MarkdownDialect = 'markdown'): ProseDocument {
  const hidden = frontMatterEnd(text);
  const parser = PARSERS[dialect];
  return createDocument(text, hidden, parser.parse(lineInput(text, hidden)), parser, new WeakMap());
}

/** The paragraphs of a Markdown text, in source order. */
export function readMarkdown(text: string, dialect?: MarkdownDialect): readonly Paragraph[] {
  return openMarkdown(text, dialect).paragraphs;
}

/** Prose of one leaf block, and where the block stood when it was read. */
interface BlockProse {
  readonly start: number;
  readonly paragraphs: readonly Paragraph[];
}

/** The parser keeps the tree object of a block it need not read again, so that object is the key. */
type BlockCache = WeakMap<Tree, BlockProse>;

function createDocument(
  text: string,
  hidden: number,
  tree: Tree,
  parser: MarkdownParser,
  cache: BlockCache,
): ProseDocument {
  return {
    text,
    paragraphs: readBlocks(tree, text, cache),
    edit(changes) {
      if (changes.length === 0) return this;
      const edit = new Edit(changes, text.length);
      const newText = changedText(text, edit.changes);
      const newHidden = frontMatterEnd(newText);
      const ranges = changedRanges(edit, text.length, newText.length);
      // If the front matter ends elsewhere now, the whole text has to be parsed anew, wherever the edit was.
      const fragments =
        newHidden === hidden ? TreeFragment.applyChanges(TreeFragment.addTree(tree), ranges) : [];
      const newTree = parser.parse(lineInput(newText, newHidden), fragments);
      return createDocument(newText, newHidden, newTree, parser, cache);
    },
  };
}

/** Changes as the parser needs them, each one character wider, since an edit can split a CRLF pair or make one. */
function changedRanges(edit: Edit, lengthBefore: number, lengthAfter: number): ChangedRange[] {
  const ranges: ChangedRange[] = [];
  for (const [i, { start, end }] of edit.changes.entries()) {
    const fromA = Math.max(0, start - 1);
    const toA = Math.min(lengthBefore, end + 1);
    const fromB = Math.max(0, start + edit.distance(i) - 1);
    const toB = Math.min(lengthAfter, end + edit.distance(i + 1) + 1);
    const last = ranges.at(-1);
    if (last && fromA <= last.toA) {
      last.toA = toA;
      last.toB = toB;
    } else ranges.push({ fromA, toA, fromB, toB });
  }
  return ranges;
}

/** Longest front matter. Without a limit every edit of a text that begins with a rule would search all of it. */
const LONGEST_FRONT_MATTER = 100_000;

/** End of the YAML or TOML block at the start of a document, past its closing line; 0 without one. */
function frontMatterEnd(text: string): number {
  const opening = /^\uFEFF?(---|\+\+\+)[ \t]*(?:\r\n?|\n)(?=[^\r\n])/.exec(text.slice(0, 64));
  if (!opening) return 0;
  const closing = opening[1] === '---' ? /^(?:---|\.\.\.)[ \t]*$/m : /^\+\+\+[ \t]*$/m;
  const rest = text.slice(opening[0].length, LONGEST_FRONT_MATTER);
  const found = closing.exec(rest);
  return found ? opening[0].length + found.index + found[0].length : 0;
}

/** A line with so many nested block marks before its text is read as plain text. */
const NESTED_MARKS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){100}/;

/**
 * Gives the parser the text line by line, always as long as the source: any line end counts as one, front matter and a
 * byte order mark look blank, and what would cost the parser quadratic time looks like letters. Words are later copied
 * from the source itself, so nothing of this shows.
 */
function lineInput(text: string, hidden: number): Input {
  const hasReturns = text.includes('\r');
  let searchedFrom = 0;
  let nextFeed = -1;
  const feedFrom = (from: number): number => {
    if (from < searchedFrom || from > nextFeed) {
      const found = text.indexOf('\n', from);
      searchedFrom = from;
      nextFeed = found < 0 ? text.length : found;
    }
    return nextFeed;
  };
  const line = (from: number): string => {
    let content = text.slice(from, feedFrom(from));
    if (hasReturns) {
      const at = content.indexOf('\r');
      // The return of a CRLF pair becomes a space: at the end of a line a space changes nothing.
      if (at >= 0 && at === content.length - 1 && from + at + 1 < text.length)
        content = content.slice(0, at) + ' ';
      else if (at >= 0) content = content.slice(0, at);
    }
    if (from < hidden) return ' '.repeat(content.length);
    if (from === 0 && content.startsWith('\uFEFF')) content = ' ' + content.slice(1);
    if (content.endsWith(' ')) content = squeezeDelimiterRow(content);
    if (content.length < 200) return content;
    if (NESTED_MARKS.test(content)) content = 'x' + content.slice(1);
    return content.replace(/[ \t]{200,}/g, (run) => run.slice(0, 100).padEnd(run.length, 'x'));
  };
  return {
    length: text.length,
    lineChunks: true,
    chunk: (from) => line(from) || '\n',
    read: (from, to) =>
      text.slice(from, to).replace(/\r(?!\n)/g, (_: string, at: number) => returnAt(text, from + at)),
  };
}

/** The parser does not know a table's delimiter row with space behind it, so the space is replaced by longer dashes. */
function squeezeDelimiterRow(line: string): string {
  const row = line.trimEnd();
  if (!row.endsWith('|') || !/^[\s>|:-]+$/.test(row)) return line;
  const dash = row.lastIndexOf('-');
  return dash < 0 ? line : row.slice(0, dash) + '-'.repeat(line.length - row.length) + row.slice(dash);
}

/** A lone return becomes a line end, that of a CRLF pair a space: looked up in the whole text, as a slice may part the pair. */
function returnAt(text: string, at: number): string {
  return text.charCodeAt(at + 1) === 10 ? ' ' : '\n';
}

const CONTAINERS = new Set([
  'Document',
  'Blockquote',
  'BulletList',
  'OrderedList',
  'ListItem',
  'DefinitionItem',
]);
/** Blocks whose inline content is prose, each a paragraph; a table holds one per cell. */
const LEAVES = /^(?:Paragraph|Task|Table|BlockTitle|ATXHeading\d|SetextHeading\d|HTMLBlock)$/;

function readBlocks(root: Tree, text: string, cache: BlockCache): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  // An explicit stack, since lists can nest deeper than recursion can go.
  const stack: { readonly tree: Tree; readonly start: number; next: number }[] = [];
  stack.push({ tree: root, start: 0, next: 0 });
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const index = top.next++;
    if (index >= top.tree.children.length) {
      stack.pop();
      continue;
    }
    const child = top.tree.children[index]!;
    if (!(child instanceof Tree)) continue;
    const start = top.start + top.tree.positions[index]!;
    if (child.type.isAnonymous || CONTAINERS.has(child.type.name))
      stack.push({ tree: child, start, next: 0 });
    else if (LEAVES.test(child.type.name)) {
      let prose = cache.get(child);
      if (!prose) {
        const read = child.type.name === 'HTMLBlock' ? readHtmlBlock : readLeaf;
        prose = { start, paragraphs: read(child, text, start) };
        cache.set(child, prose);
      } else if (prose.start !== start) {
        const distance = start - prose.start;
        prose = {
          start,
          paragraphs: prose.paragraphs.map((paragraph) => moveParagraph(paragraph, distance)),
        };
        cache.set(child, prose);
      }
      for (const paragraph of prose.paragraphs) paragraphs.push(paragraph);
    }
  }
  return paragraphs;
}

/** An HTML block; in a quotation the marks of its lines are children of it. */
function readHtmlBlock(block: Tree, text: string, start: number): readonly Paragraph[] {
  const marks: { from: number; to: number }[] = [];
  block.cursor().iterate(({ name, from, to }) => {
    if (name === 'QuoteMark') marks.push({ from: start + from, to: start + to });
  });
  return readHtml(text, start, start + block.length, marks);
}

/** Nodes that are left out as if they were not there: the words beside them may be one word. */
const DROPPED = new Set([
  'HeaderMark',
  'QuoteMark',
  'EmphasisMark',
  'StrikethroughMark',
  'LinkMark',
  'LinkLabel',
  'LinkTitle',
  'CodeMark',
  'TaskMarker',
  'Comment',
  'ProcessingInstruction',
  'FootnoteLabel',
  'WikilinkMark',
  'NoteComment',
  'BlockId',
  'Attributes',
  'LineBlockMark',
]);
/** Nodes that are left out and part the words beside them. */
const REPLACED = new Set([
  'Image',
  'Autolink',
  'URL',
  'HardBreak',
  'Math',
  'Template',
  'Embed',
  'Citation',
  'Expression',
]);

function readLeaf(leaf: Tree, text: string, start: number): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let builder: ParagraphBuilder | undefined;
  let kind: Paragraph['kind'] = 'body';
  let reached = 0; // source offset up to which the current paragraph is read

  const skip = (node: SyntaxNodeRef): false => {
    reached = start + node.to;
    return false;
  };
  leaf.cursor().iterate(
    (node) => {
      const { name } = node;
      const from = start + node.from;
      const to = start + node.to;
      if (name === 'TableCell' || (name !== 'Table' && LEAVES.test(name))) {
        builder = buildParagraph(text);
        reached = from;
        if (name !== 'TableCell') kind = /Heading|Title/.test(name) ? 'heading' : 'body';
        return true;
      }
      if (name === 'TableHeader' || name === 'TableRow') kind = name === 'TableRow' ? 'body' : 'heading';
      if (!builder) return true;
      if (from < reached) return false; // inside what was skipped
      builder.copy(reached, from);
      reached = from;
      if (DROPPED.has(name)) {
        if (name !== 'LinkMark') return skip(node);
        if (isBracketInWord(node, text, start)) builder.copy(from, to);
        skip(node);
        // After the text of a link come its target and title, and nothing in them is prose.
        const link = node.node.parent;
        if (link?.name === 'Link' && text.charAt(from) === ']') reached = start + link.to;
        return false;
      }
      if (REPLACED.has(name)) {
        builder.space(from, to);
        return skip(node);
      }
      switch (name) {
        case 'CitationKey':
          // It stands for an author or a figure, and helps to read the words around it.
          builder.beginOpaque();
          builder.copy(from, to);
          builder.endOpaque();
          return skip(node);
        case 'InlineCode':
          readCode(node, start, builder);
          return skip(node);
        case 'HTMLTag':
          if (/^<br\b/i.test(text.slice(from, from + 4))) builder.space(from, to);
          return skip(node);
        case 'Escape':
          builder.copy(from + 1, to);
          return skip(node);
        case 'Entity': {
          const decoded = decodeEntity(text.slice(from, to));
          if (decoded === undefined) builder.copy(from, to);
          else builder.put(decoded, from, to);
          return skip(node);
        }
        default:
          return true;
      }
    },
    (node) => {
      const { name } = node;
      if (!builder || !(name === 'TableCell' || LEAVES.test(name))) return;
      builder.copy(reached, start + node.to);
      const paragraph = builder.finish(kind);
      if (paragraph) paragraphs.push(paragraph);
      builder = undefined;
    },
  );
  return paragraphs;
}

/**
 * The parser takes any `[text]` for a link, as it does not look for the definition. Brackets that touch a letter, as in
 * `word[s]`, are no link but a part of the text.
 */
function isBracketInWord(mark: SyntaxNodeRef, text: string, start: number): boolean {
  const link = mark.node.parent;
  if (link?.name !== 'Link' || link.getChildren('LinkMark').length !== 2 || link.getChild('LinkLabel'))
    return false;
  const isWordUnit = (at: number): boolean => /[\p{L}\p{N}]/u.test(text.charAt(at));
  return isWordUnit(start + link.from - 1) || isWordUnit(start + link.to);
}

/** Inline code without its back-ticks and the quote marks of the lines it runs over. */
function readCode(code: SyntaxNodeRef, start: number, builder: ParagraphBuilder): void {
  if (code.to - code.from > LONGEST_CODE + 2) {
    builder.space(start + code.from, start + code.to);
    return;
  }
  builder.beginOpaque();
  let reached = -1;
  for (let child = code.node.firstChild; child; child = child.nextSibling) {
    if (reached >= 0) builder.copy(start + reached, start + child.from);
    reached = child.to;
  }
  builder.endOpaque();
}
