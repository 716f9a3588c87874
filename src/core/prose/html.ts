import { parser } from '@lezer/html';
import { decodeEntity } from './entities';
import { buildParagraph, type Paragraph, type ParagraphBuilder } from './paragraph';

/** Elements that stand in a line of text; any other parts paragraphs. */
const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span ' +
    'strike strong sub sup time tt u var wbr'
  ).split(' '),
);
/** What they hold is not prose. */
const NOT_READ = new Set(
  'pre script style textarea template noscript svg math iframe object video audio canvas select'.split(' '),
);
/** Their text is context for the words around it, as inline code is. */
const OPAQUE = new Set(['code', 'kbd', 'samp', 'tt', 'var']);

/**
 * The prose of an HTML block in Markdown: a paragraph each block element, table cell or list item.
 * @param gaps parts of the source that are not of the block, such as the marks of a quotation; ordered
 */
export function readHtml(
  source: string,
  from: number,
  to: number,
  gaps: readonly { readonly from: number; readonly to: number }[],
): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let builder: ParagraphBuilder = buildParagraph(source);
  const finish = (kind: Paragraph['kind']): void => {
    const paragraph = builder.finish(kind);
    if (paragraph) paragraphs.push(paragraph);
    builder = buildParagraph(source);
  };
  const copy = (start: number, end: number): void => {
    let reached = start;
    for (const gap of gaps) {
      if (gap.to <= reached || gap.from >= end) continue;
      if (gap.from > reached) builder.copy(reached, gap.from);
      reached = gap.to;
    }
    if (reached < end) builder.copy(reached, end);
  };
  const tree = parser.parse(source.slice(from, to));
  const nameIn = (start: number, end: number): string =>
    /^<\/?([a-z][\w-]*)/i.exec(source.slice(start, Math.min(end, start + 40)))?.[1]?.toLowerCase() ?? '';
  /** Elements that are open and not read, so that a close tag without its own opens nothing. */
  let hidden: string | undefined;
  tree.cursor().iterate((node) => {
    const start = from + node.from;
    const end = from + node.to;
    switch (node.name) {
      case 'OpenTag':
      case 'SelfClosingTag':
      case 'CloseTag':
      case 'MismatchedCloseTag': {
        const name = nameIn(start, end);
        const isClose = source.charAt(start + 1) === '/';
        if (hidden !== undefined) {
          if (isClose && name === hidden) hidden = undefined;
        } else if (name === 'br') builder.space(start, end);
        else if (OPAQUE.has(name)) {
          if (isClose) builder.endOpaque();
          else if (node.name === 'OpenTag') builder.beginOpaque();
        } else if (!INLINE.has(name)) {
          finish(isClose && /^(?:h[1-6]|summary|caption|th)$/.test(name) ? 'heading' : 'body');
          if (!isClose && node.name === 'OpenTag' && NOT_READ.has(name)) hidden = name;
        }
        return false;
      }
      case 'Text':
      case 'InvalidEntity':
        if (hidden === undefined) copy(start, end);
        return false;
      case 'EntityReference':
      case 'CharacterReference': {
        if (hidden !== undefined) return false;
        const decoded = decodeEntity(source.slice(start, end));
        if (decoded === undefined) copy(start, end);
        else builder.put(decoded, start, end);
        return false;
      }
      case 'Document':
      case 'Element':
        return true;
      default:
        // Comments, scripts and styles, processing instructions, declarations.
        return false;
    }
  });
  builder.endOpaque();
  finish('body');
  return paragraphs;
}
