import * as vscode from 'vscode';
import type { DocumentFormat } from '../../core';
import { setting } from './settings';

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

export function formatOfDocument({ languageId }: vscode.TextDocument): DocumentFormat {
  return languageId === 'markdown' || languageId === 'mdx' || languageId === 'quarto' ? 'markdown' : 'plain';
}

/** Names a document in the store: its address outlives its object. */
export function keyOf({ uri }: vscode.TextDocument): string {
  return uri.toString();
}
