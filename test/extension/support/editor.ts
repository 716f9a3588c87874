import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
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
  // VS Code replaces lone surrogates on the way.
  const expected = Buffer.from(content).toString();
  for (;;) {
    const document = await vscode.workspace.openTextDocument({ content, language });
    if (document.getText() === expected) return vscode.window.showTextDocument(document);
    // VS Code gives the name of a document that is being closed again, and may hand out that document.
    await delay(20);
  }
}

/** Shows a document of a kind that is read automatically, and waits until it has been read to its end. */
export async function showRead(content: string, language = 'plaintext'): Promise<vscode.TextEditor> {
  const editor = await showText(content, language);
  await whenRead(editor.document);
  return editor;
}

/** Waits until the present text of a document has been read to its end, with edits that the scheduler still holds back. */
export async function whenRead(document: vscode.TextDocument): Promise<void> {
  const { scheduler, store } = await glossight();
  await until(() => {
    const state = scheduler.state(document);
    assert.notEqual(state?.phase, 'failed', JSON.stringify(state));
    const { length } = document.getText();
    const covered = length === 0 || store.get(document.uri.toString())?.isRead(0, length) === true;
    return state?.phase === 'read' && covered;
  });
}

/** The words of a document that have an annotation, in the order of the text. */
export async function annotated(document: vscode.TextDocument): Promise<string[]> {
  const { store } = await glossight();
  const annotations = store.get(document.uri.toString())?.between(0, document.getText().length) ?? [];
  return annotations.map(({ start, end }) =>
    document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end))),
  );
}

/** What the hovers over a word say. */
export async function hover(document: vscode.TextDocument, word: string): Promise<string> {
  const at = document.positionAt(document.getText().indexOf(word));
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    at,
  );
  // VS Code hands out every content as Markdown.
  return hovers
    .flatMap(({ contents }) => contents as vscode.MarkdownString[])
    .map(({ value }) => value)
    .join('\n\n');
}

/** Replaces the first occurrence of a text. */
export async function replace(editor: vscode.TextEditor, old: string, by: string): Promise<void> {
  const { document } = editor;
  assert.ok(await editor.edit((edit) => edit.replace(rangeOf(document, old), by)));
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
  work: () => Thenable<unknown>,
): Promise<void> {
  const original = owner[name];
  owner[name] = replacement;
  try {
    await work();
  } finally {
    owner[name] = original;
  }
}

/** The messages of a kind that would be shown while a test runs; none is answered. */
export async function messagesDuring(
  kind: 'showWarningMessage' | 'showErrorMessage',
  work: () => Promise<unknown>,
): Promise<string> {
  const told: string[] = [];
  const tell = (message: string): Thenable<undefined> => {
    told.push(message);
    return Promise.resolve(undefined);
  };
  await withReplaced(vscode.window, kind, tell as (typeof vscode.window)[typeof kind], async () => {
    await work();
  });
  return told.join('\n');
}
