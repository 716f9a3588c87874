import type { DocumentFormat } from '../model';
import { openMarkdown } from './markdown';
import type { Paragraph, ProseDocument } from './paragraph';
import { openPlainText, type PlainTextOptions } from './plainText';

export { sourceSpan } from './paragraph';
export type { Paragraph, ProseDocument } from './paragraph';

export type ProseOptions = PlainTextOptions;

/** Opens a text for reading and editing. */
export function openProse(text: string, format: DocumentFormat, options: ProseOptions = {}): ProseDocument {
  return format === 'plain' ? openPlainText(text, options) : openMarkdown(text, format);
}

/** The paragraphs of a text, in source order. */
export function readProse(
  text: string,
  format: DocumentFormat,
  options: ProseOptions = {},
): readonly Paragraph[] {
  return openProse(text, format, options).paragraphs;
}

/** Markdown by its usual file extensions, those of Quarto and R included; MDX, which has marks of its own; else plain. */
export function formatOf(fileName: string): DocumentFormat {
  if (/\.mdx$/i.test(fileName)) return 'mdx';
  return /\.(?:md|markdown|mdown|mkdn?|qmd|rmd)$/i.test(fileName) ? 'markdown' : 'plain';
}
