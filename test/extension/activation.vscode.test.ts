import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension in its host', () => {
  const extension = (): vscode.Extension<unknown> => {
    const found = vscode.extensions.getExtension('glossight.glossight');
    assert.ok(found, 'VS Code knows no extension glossight.glossight');
    return found;
  };

  it('becomes active when a Markdown document is opened', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: 'A bank.' });
    await vscode.window.showTextDocument(document);
    while (!extension().isActive) await new Promise((resolve) => setTimeout(resolve, 20));
  });
});
