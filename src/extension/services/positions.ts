import * as vscode from 'vscode';
import type { Span, TextChange } from '../../core';

/** Offsets to ranges and back: the one place. Both count UTF-16 code units. */
export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

export function spanOf(document: vscode.TextDocument, { start, end }: vscode.Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** The changes of one edit in text order, as the core wants them; VS Code tells them from the end. */
export function changesOf({ contentChanges }: vscode.TextDocumentChangeEvent): TextChange[] {
  return contentChanges
    .map(({ rangeOffset: start, rangeLength, text }) => ({ start, end: start + rangeLength, text }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}
