import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/extension/services/contributions';
import type { Glossight } from '../../src/extension/extension';
import { until } from '../support/wait';
import {
  glossight,
  hover,
  messagesDuring,
  putCursor,
  rangeOf,
  showRead,
  whenRead,
  withReplaced,
} from './support/editor';

const TEXT =
  'The kestrelship came alongside at dawn. Two kestrelships met.\n\nThe bank is dear; the bank pays.\n';
const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...args);

describe('senses of the project', () => {
  let extension: Glossight;
  let folder: string;
  let file: string;

  before(async () => {
    extension = await glossight();
    folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
    file = path.join(folder, '.glossight', 'senses.yaml');
  });

  afterEach(async () => {
    await run('workbench.action.closeAllEditors');
    rmSync(path.dirname(file), { recursive: true, force: true });
    await until(() => extension.senses.all.length === 0);
  });

  const senseAt = ({ document }: vscode.TextEditor, words: string): string | undefined => {
    const found = extension.store.get(document.uri.toString())?.at(document.getText().indexOf(words));
    return found && extension.inventory.key(found.sense);
  };

  it('are added from a selection, for a word that WordNet lacks, and read at once', async () => {
    const editor = await showRead(TEXT);
    assert.equal(senseAt(editor, 'kestrelship came'), undefined);
    const { start, end } = rangeOf(editor.document, 'kestrelship');
    editor.selection = new vscode.Selection(start, end);
    const asked: string[] = [];
    const answer = (options?: vscode.InputBoxOptions): Thenable<string | undefined> => {
      asked.push(options?.value ?? '');
      return Promise.resolve(asked.length === 2 ? 'the flagship of the fleet' : options?.value);
    };
    const first = (items: readonly unknown[]): Thenable<unknown> => Promise.resolve(items[0]);
    await withReplaced(vscode.window, 'showInputBox', answer, () =>
      withReplaced(vscode.window, 'showQuickPick', first as typeof vscode.window.showQuickPick, async () => {
        await run(COMMANDS.addSense);
      }),
    );
    assert.deepEqual(asked, ['kestrelship', '', 'The kestrelship came alongside at dawn.']);
    await until(
      () => senseAt(editor, 'kestrelships met') === 'kestrelship%own:noun:the-flagship-of-the-fleet',
    );
    assert.match(await hover(editor.document, 'kestrelship came'), /the flagship of the fleet/);
    assert.match(readFileSync(file, 'utf8'), /word: kestrelship\n {4}definition: the flagship of the fleet/);
  });

  it('are imported from a glossary, whose mistakes are reported by line', async () => {
    const glossary = vscode.Uri.file(path.join(folder, 'glossary.csv'));
    writeFileSync(glossary.fsPath, 'term,definition,wordnet\nbank,a row of switches,hidden\nkestrelship,\n');
    const editor = await showRead(TEXT);
    const told = await messagesDuring('showWarningMessage', async () => {
      await run(COMMANDS.importGlossary, glossary);
    });
    assert.match(told, /imported: 1.*cannot be used: 1/);
    const [problem] = vscode.languages.getDiagnostics(glossary);
    assert.equal(problem?.range.start.line, 2);
    assert.match(problem.message, /“kestrelship” has no definition/);
    await until(() => senseAt(editor, 'bank is') === 'bank%own:noun:a-row-of-switches');
  });

  it('are shown as the text they are, whatever a stranger wrote in them', async () => {
    const hostile =
      '[x](command:workbench.action.closeAllEditors) <img src=x onerror=alert(1)> **b** $(bug) ![i](https://x.test/i)';
    mkdirSync(path.dirname(file), { recursive: true });
    const entry = { word: 'kestrelship', definition: hostile, examples: [hostile], id: hostile };
    writeFileSync(file, JSON.stringify({ version: 1, senses: [entry] }));
    const editor = await showRead(TEXT);
    await until(() => senseAt(editor, 'kestrelship came') !== undefined);
    const card = await hover(editor.document, 'kestrelship came');
    // What is left after the escapes are taken out are the card's own marks.
    const marks = card.replace(/\\./g, '');
    assert.match(card, /closeAllEditors/);
    assert.doesNotMatch(marks, /<|\$\(|!\[/);
    const targets = [...marks.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target!);
    assert.ok(targets.length > 0);
    for (const target of targets) assert.match(target, /^command:glossight\.\w+\?/);
  });

  it('say where their file is wrong, and leave it as it is', async () => {
    const bad = 'version: 1\nsenses:\n  - word: kestrelship\n    definition: a ship\n  - just words\n';
    const editor = await showRead(TEXT);
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(path.dirname(file)));
    writeFileSync(file, bad);
    await until(() => senseAt(editor, 'kestrelship came') !== undefined);
    const [problem] = vscode.languages.getDiagnostics(vscode.Uri.file(file));
    assert.equal(problem?.range.start.line, 4);
    putCursor(editor, 'bank');
    const told = await messagesDuring('showErrorMessage', async () => {
      await run(COMMANDS.addSense);
    });
    assert.match(told, /is left as it is: line 5/);
    assert.equal(readFileSync(file, 'utf8'), bad);
  });
});

describe('the uses of a sense', () => {
  afterEach(async () => {
    await run('workbench.action.closeAllEditors');
  });

  it('are selected together, gone to one after another, and counted in the tree', async () => {
    const extension = await glossight();
    const text =
      'The river bank was steep. She left her money in the bank.\n\nThe bank lent money. The bank of the river was wet.\n';
    const editor = await showRead(text);
    const { document } = editor;
    const senseOf = (range: vscode.Range): number =>
      extension.store.get(document.uri.toString())!.at(document.offsetAt(range.start))!.sense;
    putCursor(editor, 'money');
    await run(COMMANDS.selectUses);
    const now = vscode.window.activeTextEditor!;
    assert.deepEqual(
      now.selections.map((selection) => document.getText(selection)),
      ['money', 'money'],
    );
    assert.equal(new Set(now.selections.map(senseOf)).size, 1);
    putCursor(now, 'money in');
    await run(COMMANDS.nextUse);
    assert.equal(
      document.offsetAt(vscode.window.activeTextEditor!.selection.start),
      text.lastIndexOf('money'),
    );
    await run(COMMANDS.nextUse);
    assert.equal(document.offsetAt(vscode.window.activeTextEditor!.selection.start), text.indexOf('money'));
    await whenRead(document);
    const words = await extension.sensesTree.getChildren();
    const money = words.find((node) => node.kind === 'word' && node.lemma === 'money');
    assert.ok(money?.kind === 'word');
    assert.equal(money.count, 2);
    const [sense] = await extension.sensesTree.getChildren(money);
    assert.ok(sense);
    assert.equal(extension.sensesTree.getTreeItem(sense).description, '2');
    const polysemous = extension.store.get(document.uri.toString())!.totals.polysemous;
    assert.equal(
      words.reduce((sum, node) => sum + node.count, 0),
      polysemous,
    );
  });
});
