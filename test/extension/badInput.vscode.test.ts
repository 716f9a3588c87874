import assert from 'node:assert/strict';
import { unlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { annotated, glossight, hover, replace, showRead, whenRead } from './support/editor';
import { until } from '../support/wait';

describe('bad input in the editor', () => {
  let folder: string;
  const opened = async (name: string, contents: string | Uint8Array): Promise<vscode.TextEditor> => {
    const file = path.join(folder, name);
    await writeFile(file, contents);
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
  };

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glossight-bad-input-'));
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => rm(folder, { recursive: true, force: true }));

  it('leaves a binary file to the editor, which refuses it', async () => {
    await assert.rejects(opened('binary.txt', Uint8Array.of(0x89, 0x50, 0x00, 0xff, 0xfe, 0x01)), /binary/);
  });

  it('reads the words around NULs', async () => {
    const { document } = await showRead(
      'The bank lends money.\n\n\0\x01\0bank\0\ufffd\n\nThe bank closed.\n',
    );
    const words = await annotated(document);
    assert.deepEqual(words.slice(0, 3), ['bank', 'lends', 'money']);
    assert.deepEqual(words.slice(-2), ['bank', 'closed']);
  });

  it('reads what stands around 10 MB in one line', async () => {
    const line = '0123456789 '.repeat(950_000);
    const { document } = await opened('line.txt', `The bank lends money.\n\n${line}\n\nThe bank closed.\n`);
    await whenRead(document);
    const words = await annotated(document);
    assert.deepEqual(words.slice(0, 3), ['bank', 'lends', 'money']);
    assert.deepEqual(words.slice(-2), ['bank', 'closed']);
  });

  it('keeps its place beside lone surrogates', async () => {
    const { document } = await showRead('A \ud800 bank, \udc00 and a 🎣 \ud83c bank.\n');
    assert.deepEqual(await annotated(document), ['bank', 'bank']);
  });

  for (const [name, text] of [
    ['CRLF', 'The bank lends money.\r\n\r\nThe bank closed.\r\n'],
    ['mixed line ends', 'The bank lends money.\r\n\nThe bank closed.\n\r\n'],
    ['a byte order mark', '\ufeffThe bank lends money.\n\nThe bank closed.\n'],
  ] as const) {
    it(`keeps its place with ${name}, after an edit too`, async () => {
      const editor = await opened(`${name}.md`, text);
      await whenRead(editor.document);
      assert.deepEqual(await annotated(editor.document), ['bank', 'lends', 'money', 'bank', 'closed']);
      await replace(editor, 'money', 'old boats');
      const expected = ['bank', 'lends', 'old', 'boats', 'bank', 'closed'].join();
      await until(async () => (await annotated(editor.document)).join() === expected);
    });
  }

  it('has nothing to say about an empty document', async () => {
    const { document } = await showRead('');
    assert.deepEqual(await annotated(document), []);
  });

  it('reads a document that was empty when it was opened', async () => {
    const editor = await showRead('');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'The bank lends money.\n'));
    const { store } = await glossight();
    await until(() => (store.get(editor.document.uri.toString())?.totals.words ?? 0) >= 3);
    assert.deepEqual(await annotated(editor.document), ['bank', 'lends', 'money']);
  });

  it('abstains from what is not English', async () => {
    const { document } = await showRead(
      'Все счастливые семьи похожи друг на друга.\n\nDie Bank leiht den Leuten am Fluss sehr viel Geld.\n',
    );
    assert.deepEqual(await annotated(document), []);
  });

  it('reads hostile Markdown and shows none of it as its own', async () => {
    const hostile = [
      '[bank](command:workbench.action.closeAllEditors) <img src=x onerror="alert(1)"> **bank',
      `${'> '.repeat(3000)}bank`,
      `${'['.repeat(3000)}bank`,
      `${'*_'.repeat(3000)} bank`,
      '| bank | \\| bank |\n|---|\n| <script>bank</script> |',
    ].join('\n\n');
    const { document } = await showRead(`${hostile}\n\nThe bank lends money.\n`, 'markdown');
    assert.deepEqual((await annotated(document)).slice(-3), ['bank', 'lends', 'money']);
    const card = await hover(document, 'bank');
    assert.match(card, /^\*\*bank\*\* · noun/);
    assert.doesNotMatch(card, /onerror|closeAllEditors/);
  });

  it('goes on when the file is deleted while it is read', async () => {
    const text = 'The bank lends money to the old miller.\n\n'.repeat(400);
    const file = path.join(folder, 'deleted.md');
    const { scheduler } = await glossight();
    let readBefore = 0;
    // In the very turn that tells of a first part: the rest has not been read then.
    const reading = scheduler.onDidChangeState(() => {
      const document = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === file);
      const state = document && scheduler.state(document);
      if (state?.phase !== 'reading' || state.done === 0) return;
      reading.dispose();
      unlinkSync(file);
      readBefore = state.done / state.total;
    });
    const { document } = await opened('deleted.md', text);
    await whenRead(document);
    assert.ok(readBefore > 0 && readBefore < 1, `deleted when ${readBefore} was read`);
    assert.equal((await annotated(document)).length, 400 * 5);
    const { document: next } = await showRead('The bank closed.');
    assert.deepEqual(await annotated(next), ['bank', 'closed']);
  });
});
