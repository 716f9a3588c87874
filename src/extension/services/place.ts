import * as vscode from 'vscode';

/** Where a command is to look. */
export interface Place {
  readonly document: vscode.TextDocument;
  readonly offset: number;
}

/**
 * The place a link of the hover card names, `[document, offset]`, or the cursor where a menu or key called. Links are
 * untrusted: what they name must be an open document, and in it.
 * @returns `undefined`, after telling why, when there is no such place
 */
export function placeOf(args: readonly unknown[]): Place | undefined {
  // Menus pass the resource, as an object.
  if (typeof args[0] === 'string') return linkedPlace(args[0], args[1]);
  const editor = vscode.window.activeTextEditor;
  if (editor) return { document: editor.document, offset: editor.document.offsetAt(editor.selection.active) };
  tellNoEditor();
  return undefined;
}

export function linkedPlace(uri: string, offset: unknown): Place | undefined {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  if (document && typeof offset === 'number' && Number.isInteger(offset) && offset >= 0) {
    if (offset <= document.getText().length) return { document, offset };
  }
  void vscode.window.showInformationMessage(vscode.l10n.t('The place this link names is not open any more.'));
  return undefined;
}

export function tellNoEditor(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('Open a text first: there is no active editor.'));
}
