import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createAnnotationStore } from '../../src/core/annotations/store';
import { Edits } from '../../src/extension/services/edits';

describe('edits of documents', () => {
  it('reach all listeners once and in order, the store first, even where one fails', async () => {
    const store = createAnnotationStore();
    const edits = new Edits(store);
    const document = await vscode.workspace.openTextDocument({ content: 'The bank lends money.' });
    const key = document.uri.toString();
    store.correct(key, document.version, [{ start: 4, end: 8, sense: 1 }]);
    const heard: unknown[] = [];
    const listening = (
      ['passages', 'scheduler', 'underlines', 'instances', 'warnings', 'corrections'] as const
    ).map((place) =>
      edits.on(place, (changed, edit) => {
        if (changed !== document) return;
        heard.push([place, store.chosen(key)[0]?.start, edit.changes.length]);
        if (place === 'warnings') throw new Error('A listener failed, as this test wants it to.');
      }),
    );
    const change = new vscode.WorkspaceEdit();
    change.insert(document.uri, new vscode.Position(0, 0), 'So: ');
    change.insert(document.uri, new vscode.Position(0, 20), '!');
    assert.ok(await vscode.workspace.applyEdit(change));
    assert.deepEqual(
      heard,
      ['corrections', 'warnings', 'instances', 'underlines', 'scheduler', 'passages'].map((place) => [
        place,
        8,
        2,
      ]),
    );
    for (const one of listening) one.dispose();
    edits.dispose();
  });
});
