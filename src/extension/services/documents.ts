import * as vscode from 'vscode';
import { type DocumentFormat, formatOf } from '../../core';
import { setting } from './settings';

const MARKDOWN_LANGUAGES: readonly string[] = ['markdown', 'mdx', 'quarto', 'rmd'];

/** Where people write: not diffs, output, notebooks, or what other extensions show. */
const SCHEMES: readonly string[] = ['file', 'untitled'];

/** May a document be read when it is opened, by its language and where it comes from? */
export function isReadUnasked(document: vscode.TextDocument): boolean {
  return (
    SCHEMES.includes(document.uri.scheme) &&
    setting('reading.enabled', document) &&
    setting('reading.languages', document).includes(document.languageId)
  );
}

/** By its language, and by its name where that says more: a file `.qmd` is plain text to an editor that knows no Quarto. */
export function formatOfDocument(document: vscode.TextDocument): DocumentFormat {
  const { languageId, uri } = document;
  const byName = formatOf(uri.path);
  const isMarkdown = MARKDOWN_LANGUAGES.includes(languageId);
  if (!isMarkdown && (languageId !== 'plaintext' || byName === 'plain')) return 'plain';
  const dialect = setting('reading.markdownDialect', document);
  if (dialect !== 'auto') return dialect;
  return languageId === 'mdx' || byName === 'mdx' ? 'mdx' : 'markdown';
}

/** Names a document in the store: its address outlives its object. */
export function keyOf({ uri }: vscode.TextDocument): string {
  return uri.toString();
}
