import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/wait';
import { annotated, whenRead } from './support/editor';

const MDX = "import { river } from './bank';\n\n<Note open={river}>\nThe bank lends money.\n</Note>\n";

describe('the marks of a Markdown file', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'glossight-dialects-'));
  const { Global } = vscode.ConfigurationTarget;
  const setDialect = async (value: string | undefined): Promise<void> =>
    vscode.workspace.getConfiguration('glossight').update('reading.markdownDialect', value, Global);
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await setDialect(undefined);
    rmSync(folder, { recursive: true });
  });

  async function show(name: string, text: string): Promise<vscode.TextDocument> {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    await whenRead(document);
    return document;
  }

  it('follow its name, where the editor takes it for plain text', async () => {
    const quarto = await show(
      'page.qmd',
      '# The bank {#sec-money}\n\n```{r}\nplot(bank)\n```\n\nThe bank [@bank].\n',
    );
    assert.equal(quarto.languageId, 'plaintext');
    assert.deepEqual(await annotated(quarto), ['bank', 'bank']);
    assert.deepEqual(await annotated(await show('page.mdx', MDX)), ['bank', 'lends', 'money']);
  });

  it('follow the setting, and the document is read anew when it changes', async () => {
    const document = await show('other.mdx', MDX);
    await setDialect('markdown');
    await until(async () => (await annotated(document)).join() === 'import,river,bank,bank,lends,money');
    await setDialect('auto');
    await until(async () => (await annotated(document)).join() === 'bank,lends,money');
  });
});
