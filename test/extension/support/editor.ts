import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Glossight } from '../../../src/extension/extension';
import { until } from '../../support/wait';

/** The extension once it is active, as it shows itself to tests. */
export async function glossight(): Promise<Glossight> {
  const extension = vscode.extensions.getExtension<Glossight>('glossight.glossight');
  assert.ok(extension, 'VS Code knows no extension glossight.glossight');
  return extension.activate();
}

/** Shows a new untitled document alone. */
export async function showText(content: string, language: string): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const document = await vscode.workspace.openTextDocument({ content, language });
  return vscode.window.showTextDocument(document);
}

/** Shows a document that is read unasked, and waits until it has been read to its end. */
export async function showRead(content: string): Promise<vscode.TextEditor> {
  const { scheduler } = await glossight();
  const editor = await showText(content, 'plaintext');
  await until(() => scheduler.state(editor.document)?.phase === 'read');
  return editor;
}

/** Puts the cursor in front of the first such words. */
export function putCursor(editor: vscode.TextEditor, words: string): void {
  const { start } = rangeOf(editor.document, words);
  editor.selection = new vscode.Selection(start, start);
}

export function rangeOf(document: vscode.TextDocument, words: string): vscode.Range {
  const offset = document.getText().indexOf(words);
  assert.ok(offset >= 0, `The document has no “${words}”.`);
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + words.length));
}

/** Puts another function in the place of one of VS Code's, for what only a hand could do, while a test runs. */
export async function withReplaced<T extends object, Name extends keyof T>(
  owner: T,
  name: Name,
  replacement: T[Name],
  work: () => Promise<void>,
): Promise<void> {
  const original = owner[name];
  owner[name] = replacement;
  try {
    await work();
  } finally {
    owner[name] = original;
  }
}
