import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { createAnnotationStore } from '../../src/core/annotations/store';
import { parseCorrections } from '../../src/core/corrections/correctionsFile';
import type { PackedAnnotation } from '../../src/core/annotations/packed';
import { correctionItems } from '../../src/extension/features/corrections/showCorrections';
import { COMMANDS } from '../../src/extension/services/contributions';
import { Edits } from '../../src/extension/services/edits';
import { Corrections } from '../../src/extension/features/corrections/corrections';
import { CorrectionFile } from '../../src/extension/features/corrections/correctionFile';
import type { Glossight } from '../../src/extension/extension';
import { until } from '../support/wait';
import {
  glossight,
  hover,
  messagesDuring,
  putCursor,
  replace,
  whenRead,
  withReplaced,
} from './support/editor';

const SLOPE = 'bank%1:17:01::';
const TEXT =
  'A boat reached the quay.\n\nShe put her money in the bank, and the bank paid her well.\n\nThe clerk went home.\n';

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...args);

/** What a workspace remembers. */
function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, fallback?: T) => (values.has(key) ? (values.get(key) as T) : fallback),
    update(key: string, value: unknown) {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
      return Promise.resolve();
    },
  };
}

describe('corrections', () => {
  let extension: Glossight;
  let folder: string;
  let file: string;

  before(async () => {
    extension = await glossight();
    folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
    file = path.join(folder, '.glossight', 'corrections.jsonl');
  });

  afterEach(async () => {
    await run('workbench.action.closeAllEditors');
    rmSync(path.dirname(file), { recursive: true, force: true });
    await until(() => extension.corrections.all.length === 0);
  });

  async function show(name: string, text?: string): Promise<vscode.TextEditor> {
    const place = path.join(folder, name);
    if (text !== undefined) writeFileSync(place, text);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(place));
    await whenRead(editor.document);
    return editor;
  }

  const annotationAt = ({ document }: vscode.TextEditor, words: string): PackedAnnotation => {
    const offset = document.getText().indexOf(words);
    const found = extension.store.get(document.uri.toString())?.at(offset);
    assert.ok(found, `“${words}” has no annotation`);
    return found;
  };

  const evidenceAt = ({ document }: vscode.TextEditor, words: string): string | undefined =>
    extension.store.get(document.uri.toString())?.at(document.getText().indexOf(words))?.evidence;

  /** Picks as a hand would: by the list, of which one item is taken. */
  async function pick(editor: vscode.TextEditor, words: string, key: string): Promise<void> {
    putCursor(editor, words);
    const create = vscode.window.createQuickPick.bind(vscode.window);
    const picking = (): vscode.QuickPick<vscode.QuickPickItem> => {
      const picker = create<vscode.QuickPickItem>();
      const show = picker.show.bind(picker);
      let accept: () => void;
      Object.defineProperty(picker, 'onDidAccept', { value: (listener: () => void) => (accept = listener) });
      Object.defineProperty(picker, 'selectedItems', {
        get: () => picker.items.filter(({ detail }) => detail?.endsWith(key)),
      });
      picker.show = () => {
        show();
        accept();
      };
      return picker;
    };
    await withReplaced(vscode.window, 'createQuickPick', picking as typeof create, async () => {
      await run(COMMANDS.pickSense);
    });
  }

  it('are picked, shown everywhere, filed in the folder, and withdrawn', async () => {
    const editor = await show('story.txt', TEXT);
    const predicted = annotationAt(editor, 'bank, and').sense;
    await pick(editor, 'bank, and', SLOPE);
    const chosen = annotationAt(editor, 'bank, and');
    assert.notEqual(chosen.sense, predicted);
    assert.equal(chosen.evidence, 'chosen');
    const card = await hover(editor.document, 'bank, and');
    assert.match(card, /chosen by you/);
    assert.match(card, /sloping land/);
    const [filed, ...others] = parseCorrections(readFileSync(file, 'utf8')).corrections;
    assert.deepEqual(others, []);
    assert.equal(filed?.document, 'story.txt');
    assert.equal(filed.passage, 'She put her money in the bank, and the bank paid her well.');
    assert.equal(editor.document.getText(), TEXT);
    putCursor(editor, 'bank, and');
    await run(COMMANDS.withdrawCorrection);
    // What was learnt from the correction may have been read in between; it is read anew without it.
    await until(() => annotationAt(editor, 'bank, and').sense === predicted);
    assert.deepEqual(parseCorrections(readFileSync(file, 'utf8')).corrections, []);
    await run(COMMANDS.undoCorrection);
    assert.equal(annotationAt(editor, 'bank, and').evidence, 'chosen');
    await run(COMMANDS.undoCorrection);
    await until(() => annotationAt(editor, 'bank, and').sense === predicted);
  });

  it('stay on their words through edits, re-reading, closing and renaming', async () => {
    const editor = await show('story.txt', TEXT);
    await pick(editor, 'bank, and', SLOPE);
    await replace(editor, 'She put', 'Before noon she put');
    await replace(editor, 'money in', 'gold in');
    assert.equal(annotationAt(editor, 'bank, and').evidence, 'chosen');
    await run(COMMANDS.rereadDocument);
    await whenRead(editor.document);
    assert.equal(annotationAt(editor, 'bank, and').evidence, 'chosen');
    await editor.document.save();
    await until(() => readFileSync(file, 'utf8').includes('gold in the '));
    await run('workbench.action.closeAllEditors');
    const again = await show('story.txt');
    assert.equal(annotationAt(again, 'bank, and').evidence, 'chosen');
    const move = new vscode.WorkspaceEdit();
    const target = vscode.Uri.file(path.join(folder, 'renamed.txt'));
    move.renameFile(again.document.uri, target, { overwrite: true });
    assert.ok(await vscode.workspace.applyEdit(move));
    await until(() => readFileSync(file, 'utf8').includes('"document":"renamed.txt"'));
    const renamed = await show('renamed.txt');
    await until(() => evidenceAt(renamed, 'bank, and') === 'chosen');
    // Opened as in a window that has just started: from the file alone.
    const store = createAnnotationStore();
    const edits = new Edits(store);
    const restarted = new Corrections({
      store,
      edits,
      inventory: extension.inventory,
      userFolder: path.join(folder, 'nothing'),
      memory: memento(),
      onProblem: (message) => assert.fail(message),
    });
    await restarted.ready;
    await until(() => restarted.of(renamed.document)[0]?.span !== undefined);
    assert.equal(
      restarted.of(renamed.document)[0]!.span!.start,
      renamed.document.getText().indexOf('bank, and'),
    );
    restarted.dispose();
    edits.dispose();
  });

  it('stay on their words when the text far before them changes while it is not read', async () => {
    const editor = await show('story.txt', `${'Nothing of note happened. '.repeat(10)}\n\n${TEXT}`);
    await pick(editor, 'bank, and', SLOPE);
    await run(COMMANDS.stopReading);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'It began on a Monday. '));
    await run(COMMANDS.readDocument);
    await whenRead(editor.document);
    assert.equal(annotationAt(editor, 'bank, and').evidence, 'chosen');
    await run('workbench.action.files.revert');
  });

  it('teach by the format that their document is read in, whatever its name', async () => {
    const text = '# Money\n\nShe put her *money* in the **bank**, and the bank paid her well.\n';
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: text });
    const editor = await vscode.window.showTextDocument(document);
    await whenRead(document);
    await pick(editor, 'bank**', SLOPE);
    assert.deepEqual(
      extension.corrections.lessons.map(({ format, passage, start, end }) => [
        format,
        passage.slice(start, end),
      ]),
      [['markdown', 'bank']],
    );
    await run(COMMANDS.undoCorrection);
    await run('workbench.action.revertAndCloseActiveEditor');
  });

  it('are lost with their words, listed as lost, and found when the deletion is undone', async () => {
    const editor = await show('story.txt', TEXT);
    await pick(editor, 'bank, and', SLOPE);
    await replace(editor, 'money in the bank, and', 'money away, and');
    await until(() => extension.corrections.of(editor.document)[0]?.span === undefined);
    const [heading, item] = correctionItems(extension);
    assert.match(heading?.label ?? '', /^Lost/);
    assert.equal(item?.label, '$(warning) bank');
    assert.match(item.detail ?? '', /^story\.txt: …hed the quay\. She put her money in the bank, and/);
    await run('undo');
    await until(() => extension.corrections.of(editor.document)[0]?.span !== undefined);
    await until(() => evidenceAt(editor, 'bank, and') === 'chosen');
  });

  it('teach: another document reads otherwise where it is much like what was corrected', async () => {
    const other = await show('other.txt', `${TEXT}\nShe put her money in the bank.\n`);
    const before = annotationAt(other, 'bank.\n').sense;
    const editor = await show('story.txt', TEXT);
    await pick(editor, 'bank, and', SLOPE);
    const again = await show('other.txt');
    await until(() => evidenceAt(again, 'bank, and') === 'taught');
    assert.notEqual(annotationAt(again, 'bank, and').sense, before);
    assert.match(await hover(again.document, 'bank, and'), /raised by one correction/);
  });

  it('that another window or a merge brings are shown, and a mistake in the file costs one line', async () => {
    const editor = await show('story.txt', TEXT);
    await pick(editor, 'bank, and', SLOPE);
    const line = readFileSync(file, 'utf8').split('\n')[1]!;
    const second = line.replace(/"id":"[^"]*"/, '"id":"other"').replace('"word":"bank"', '"word":"boat"');
    const boat = JSON.parse(second) as Record<string, unknown>;
    Object.assign(boat, {
      before: 'A ',
      after: ' reached the quay.\n\nShe put her money in t',
      sense: 'boat%1:06:01::',
    });
    const told = await messagesDuring('showWarningMessage', async () => {
      writeFileSync(file, `${readFileSync(file, 'utf8')}{"document":\n${JSON.stringify(boat)}\n`);
      await until(() => evidenceAt(editor, 'boat reached') === 'chosen');
    });
    assert.match(told, /corrections\.jsonl, line 3: this is no correction/);
    await pick(editor, 'clerk', 'clerk%1:18:01::');
    const text = readFileSync(file, 'utf8');
    assert.ok(text.includes('\n{"document":\n'));
    assert.equal(parseCorrections(text).corrections.length, 3);
  });

  it('that cannot be written are shown all the same, and written when they can be', async () => {
    const editor = await show('story.txt', TEXT);
    await pick(editor, 'bank, and', SLOPE);
    chmodSync(file, 0o444);
    const before = readFileSync(file, 'utf8');
    const told = await messagesDuring('showWarningMessage', async () => {
      await pick(editor, 'bank paid', SLOPE);
    });
    assert.match(told, /it is read-only.*kept and written later/);
    assert.equal(readFileSync(file, 'utf8'), before);
    assert.equal(annotationAt(editor, 'bank paid').evidence, 'chosen');
    const memory = memento();
    const problems: string[] = [];
    const open = (): CorrectionFile =>
      new CorrectionFile({
        path: file,
        isOfWorkspace: true,
        memory,
        onProblem: (message) => problems.push(message),
      });
    const closed = open();
    await closed.load();
    await closed.change([{ put: { ...closed.corrections[0]!, id: 'of a window that was closed' } }]);
    assert.match(problems.join(), /read-only/);
    chmodSync(file, 0o644);
    const reopened = open();
    await reopened.load();
    assert.ok(readFileSync(file, 'utf8').includes('of a window that was closed'));
    await reopened.change([{ remove: 'of a window that was closed' }]);
    await pick(editor, 'clerk', 'clerk%1:18:01::');
    assert.equal(parseCorrections(readFileSync(file, 'utf8')).corrections.length, 3);
  });

  it('of a newer Glossight are shown, and their file is never written', async () => {
    const editor = await show('story.txt', TEXT);
    await pick(editor, 'bank, and', SLOPE);
    const newer = readFileSync(file, 'utf8').replace('"version":1', '"version":2');
    const told = await messagesDuring('showWarningMessage', async () => {
      writeFileSync(file, newer);
      await pick(editor, 'bank paid', SLOPE);
    });
    assert.match(told, /was written by a newer Glossight and is left as it is.*kept and written later/);
    assert.equal(readFileSync(file, 'utf8'), newer);
    for (const words of ['bank, and', 'bank paid']) assert.equal(evidenceAt(editor, words), 'chosen');
    // What was kept is written once it can be.
    writeFileSync(file, newer.replace('"version":2', '"version":1'));
    await until(() => parseCorrections(readFileSync(file, 'utf8')).corrections.length === 2);
  });

  it('of a document that is in no folder of the workspace are in user storage', async () => {
    const loose = path.join(mkdtempSync(path.join(os.tmpdir(), 'glossight-loose-')), 'loose.txt');
    writeFileSync(loose, TEXT);
    try {
      const editor = await vscode.window.showTextDocument(vscode.Uri.file(loose));
      await whenRead(editor.document);
      await pick(editor, 'bank, and', SLOPE);
      assert.equal(existsSync(file), false);
      const [one] = extension.corrections.all;
      assert.match(one?.file.path ?? '', /globalStorage.*project.corrections\.jsonl$/);
      assert.equal(one?.correction.document, editor.document.uri.toString());
      assert.ok(readFileSync(one.file.path, 'utf8').includes(one.correction.id));
      await extension.corrections.withdraw(one.file, one.correction.id);
    } finally {
      rmSync(path.dirname(loose), { recursive: true });
    }
  });

  it('of an untitled document go with it when it is saved', async () => {
    const place = path.join(folder, 'saved.txt');
    rmSync(place, { force: true });
    const untitled = vscode.Uri.file(place).with({ scheme: 'untitled' });
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(untitled));
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), TEXT));
    await vscode.languages.setTextDocumentLanguage(editor.document, 'plaintext');
    await whenRead(editor.document);
    await pick(editor, 'bank, and', SLOPE);
    assert.equal(existsSync(file), false);
    assert.ok(await editor.document.save());
    const saved = await show('saved.txt');
    await until(() => evidenceAt(saved, 'bank, and') === 'chosen');
    assert.equal(parseCorrections(readFileSync(file, 'utf8')).corrections[0]?.document, 'saved.txt');
  });
});
