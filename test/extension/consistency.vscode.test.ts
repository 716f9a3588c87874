import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { CONSISTENCY_CODE } from '../../src/core/consistency/warnings';
import { COMMANDS, SENSES_SCHEME, type Settings } from '../../src/extension/services/contributions';
import { until } from '../support/wait';
import { glossight, rangeOf, replace, showRead, showText, whenRead, withReplaced } from './support/editor';

const MONEY = [
  'The bank lends money to farmers, and a bank charges interest on every loan.',
  'She opened an account at the bank, and the bank sent her a card.',
  'The bank closed its branch in the city and dismissed the cashier.',
].join(' ');
const RIVER = 'They walked along the steep bank of the river, where the grass was wet.';
const TEXT = `${MONEY}\n\n${RIVER}\n`;

const RIVER_BANK = TEXT.indexOf('bank of the river');

const { Information, Warning } = vscode.DiagnosticSeverity;
const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...args);
const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('glossight');
const own = (uri: vscode.Uri): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Glossight');

async function set<Name extends keyof Settings>(
  name: Name,
  value: Settings[Name] | undefined,
  target = vscode.ConfigurationTarget.Global,
): Promise<void> {
  await configuration().update(name, value, target);
}

/** Shows a text and waits for its one warning. */
async function showWarned(
  content = TEXT,
): Promise<{ editor: vscode.TextEditor; warning: vscode.Diagnostic }> {
  const editor = await showRead(content);
  await until(() => own(editor.document.uri).length > 0);
  return { editor, warning: own(editor.document.uri)[0]! };
}

async function fixesAt(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

async function fix(
  document: vscode.TextDocument,
  range: vscode.Range,
  title: RegExp,
): Promise<vscode.CodeAction> {
  const actions = await fixesAt(document, range);
  const found = actions.find((action) => title.test(action.title));
  assert.ok(found, `no ${title} among ${actions.map((action) => action.title).join(', ')}`);
  return found;
}

const argumentsOf = (command: vscode.Command | undefined): readonly unknown[] => command?.arguments ?? [];

describe('consistency warnings', () => {
  before(async () => {
    await glossight();
  });

  afterEach(async () => {
    const names = [
      'severity',
      'profile',
      'scope',
      'ignoredWords',
      'ignoredInDocuments',
      'custom.partsOfSpeech',
    ] as const;
    for (const name of names) {
      await set(`consistency.${name}`, undefined);
      await set(`consistency.${name}`, undefined, vscode.ConfigurationTarget.Workspace);
    }
    await run('workbench.action.closeAllEditors');
  });

  it('mark the use in another sense once a document has been read, and link the others', async () => {
    const { editor, warning } = await showWarned();
    const { document } = editor;
    assert.equal(own(document.uri).length, 1);
    assert.deepEqual(warning.range, rangeOf(document, 'bank of the river').with({ end: warning.range.end }));
    assert.equal(document.getText(warning.range), 'bank');
    assert.match(
      warning.message,
      /^“bank”: ‘sloping land’ here; elsewhere in this document ‘a financial institution[^’]*’ \(5 of 6 uses\)$/,
    );
    assert.equal(warning.severity, Information);
    assert.equal(warning.code, CONSISTENCY_CODE);
    const related = warning.relatedInformation ?? [];
    assert.ok(related.length > 0);
    for (const { location, message } of related) {
      assert.equal(location.uri.toString(), document.uri.toString());
      assert.equal(document.getText(location.range), 'bank');
      assert.ok(location.range.end.isBefore(warning.range.start));
      assert.match(message, /financial institution/);
    }
  });

  it('move with an edit, and go in the same turn when it touches their word', async () => {
    const { editor } = await showWarned();
    const { document } = editor;
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Well, well.\n\n'));
    await until(() => {
      const [moved] = own(document.uri);
      return moved?.range.start.line === 4 && document.getText(moved.range) === 'bank';
    });
    let left: vscode.Diagnostic[] | undefined;
    const heard = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document) queueMicrotask(() => (left ??= own(document.uri)));
    });
    await replace(editor, 'steep bank', 'steep banks');
    heard.dispose();
    assert.deepEqual(left, []);
  });

  it('go when the uses they cite are gone, and with the document', async () => {
    const { editor } = await showWarned();
    const { document } = editor;
    await editor.edit((edit) => edit.delete(rangeOf(document, MONEY)));
    assert.deepEqual(own(document.uri), []);
    const { editor: other } = await showWarned();
    await run('workbench.action.closeAllEditors');
    await until(() => own(other.document.uri).length === 0);
  });

  it('follow the settings for severity, ignored words and profile', async () => {
    const { editor } = await showWarned();
    const { uri } = editor.document;
    await set('consistency.severity', 'hint');
    await until(() => own(uri)[0]?.severity === vscode.DiagnosticSeverity.Hint);
    await set('consistency.severity', 'off');
    await until(() => own(uri).length === 0);
    await set('consistency.severity', undefined);
    await until(() => own(uri).length === 1);
    await set('consistency.ignoredWords', ['Bank']);
    await until(() => own(uri).length === 0);
    await set('consistency.ignoredWords', undefined);
    await until(() => own(uri).length === 1);
    await set('consistency.custom.partsOfSpeech', ['verb']);
    await set('consistency.profile', 'custom');
    await until(() => own(uri).length === 0);
  });

  it('compare within sections when told to', async () => {
    const { findings } = await glossight();
    await set('consistency.scope', 'section');
    const parted = await showRead(`# Money\n\n${MONEY}\n\n# River\n\n${RIVER}\n`, 'markdown');
    await until(() => findings.get(parted.document) !== undefined);
    assert.deepEqual(own(parted.document.uri), []);
    const whole = await showRead(`# Money and river\n\n${MONEY} ${RIVER}\n`, 'markdown');
    await until(() => own(whole.document.uri).length === 1);
  });

  it('are warnings after the user ran the check, with a report', async () => {
    const { editor } = await showWarned();
    const { uri } = editor.document;
    await run(COMMANDS.checkConsistency, uri);
    const report = vscode.window.activeTextEditor!.document;
    assert.equal(report.uri.scheme, SENSES_SCHEME);
    assert.match(report.getText(), /^3:\d+ {2}bank\n {6}here: sloping land .*\[bank%1:17:01::\]/ms);
    assert.match(report.getText(), /elsewhere \(5 of 6 uses\): a financial institution/);
    assert.equal(own(uri)[0]?.severity, Warning);
    await run(COMMANDS.copySensesAsJson);
    const [copied] = JSON.parse(await vscode.env.clipboard.readText()) as {
      readonly warnings: readonly { readonly code: string; readonly elsewhere: string }[];
    }[];
    assert.deepEqual(
      copied!.warnings.map(({ code, elsewhere }) => [code, elsewhere]),
      [[CONSISTENCY_CODE, 'bank%1:14:00::']],
    );
  });

  it('are found in a folder, in files that nobody opened, and in a document that is not read', async () => {
    const root = vscode.workspace.workspaceFolders![0]!.uri;
    const folder = path.join(root.fsPath, 'checked');
    mkdirSync(folder);
    try {
      writeFileSync(path.join(folder, 'one.txt'), TEXT);
      writeFileSync(path.join(folder, 'two.txt'), MONEY);
      writeFileSync(path.join(folder, 'three.json'), JSON.stringify(TEXT));
      await run('workbench.action.closeAllEditors');
      await run(COMMANDS.checkConsistency, vscode.Uri.file(folder));
      const report = vscode.window.activeTextEditor!.document.getText();
      assert.match(report, /Documents: 2; consistency warnings: 1\./);
      assert.match(report, /^checked\/one\.txt$/m);
      const file = vscode.Uri.file(path.join(folder, 'one.txt'));
      assert.equal(own(file)[0]?.severity, Warning);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const editor = await showText(TEXT, 'latex');
    await run(COMMANDS.checkConsistency, editor.document.uri);
    assert.equal(own(editor.document.uri).length, 1);
  });

  it('offer to check the document, its folder or the workspace, and nothing when dismissed', async () => {
    await run('workbench.action.closeAllEditors');
    let labels: readonly string[] = [];
    const pick = ((items: readonly vscode.QuickPickItem[]) => {
      labels = items.map(({ label }) => label);
      return Promise.resolve(undefined);
    }) as unknown as typeof vscode.window.showQuickPick;
    const root = vscode.workspace.workspaceFolders![0]!.uri;
    await vscode.window.showTextDocument(vscode.Uri.joinPath(root, 'manuscript.md'));
    await withReplaced(vscode.window, 'showQuickPick', pick, async () => {
      await run(COMMANDS.checkConsistency);
    });
    assert.deepEqual(labels, ['This document', 'This folder', 'The workspace']);
    assert.notEqual(vscode.window.activeTextEditor?.document.uri.scheme, SENSES_SCHEME);
  });

  describe('quick fixes', () => {
    it('show the other uses', async () => {
      const { editor, warning } = await showWarned();
      const { command } = await fix(editor.document, warning.range, /^Show the other uses of “bank”$/);
      const [, , locations] = command!.arguments as [unknown, unknown, vscode.Location[]];
      assert.equal(command!.command, 'editor.action.goToLocations');
      assert.deepEqual(
        locations.map(({ range }) => editor.document.getText(range)),
        locations.map(() => 'bank'),
      );
      assert.ok(locations.length > 0);
      await run(command!.command, ...argumentsOf(command));
      await run('closeReferenceSearch');
    });

    it('replace the word with a synonym of its sense here, inflected', async () => {
      const text = [
        'The plant makes cars, and it employs a thousand workers. The plant was built by engineers near the railway.',
        'The manager of the plant hired new workers. At night the plant closes its gates and the machines stop.\n\n',
        'In the garden the green plants need water and sunlight to grow, and their roots and leaves are healthy.',
      ].join(' ');
      const { editor, warning } = await showWarned(text);
      const { document } = editor;
      assert.equal(document.getText(warning.range), 'plants');
      const { edit } = await fix(document, warning.range, /^Replace with “floras?”$/);
      await vscode.workspace.applyEdit(edit!);
      assert.match(document.getText(), /green floras? need water/);
      await until(() => own(document.uri).length === 0);
    });

    it('ignore the word for the user, and in the workspace', async () => {
      for (const [title, part] of [
        [/^Ignore “bank” everywhere$/, 'globalValue'],
        [/^Ignore “bank” in this workspace$/, 'workspaceValue'],
      ] as const) {
        const { editor, warning } = await showWarned();
        const { command } = await fix(editor.document, warning.range, title);
        await run(command!.command, ...argumentsOf(command));
        assert.deepEqual(configuration().inspect('consistency.ignoredWords')?.[part], ['bank']);
        await until(() => own(editor.document.uri).length === 0);
        await set('consistency.ignoredWords', undefined);
      }
    });

    it('ignore the word in its document, by the path in the workspace', async () => {
      const root = vscode.workspace.workspaceFolders![0]!.uri;
      const file = vscode.Uri.joinPath(root, 'ignored.txt');
      writeFileSync(file.fsPath, TEXT);
      try {
        const { document } = await vscode.window.showTextDocument(file);
        await until(() => own(file).length === 1);
        const { command } = await fix(document, own(file)[0]!.range, /^Ignore “bank” in this document$/);
        await run(command!.command, ...argumentsOf(command));
        assert.deepEqual(configuration().get('consistency.ignoredInDocuments'), { 'ignored.txt': ['bank'] });
        await until(() => own(file).length === 0);
      } finally {
        await run('workbench.action.closeAllEditors');
        rmSync(file.fsPath);
      }
    });

    it('take the use as it is: read again, it is no finding any more', async () => {
      const { editor, warning } = await showWarned();
      const { document } = editor;
      const { title, command } = await fix(document, warning.range, /^Right as it is: ‘sloping land/);
      await run(command!.command, ...argumentsOf(command));
      await until(() => own(document.uri).length === 0);
      await run(COMMANDS.rereadDocument);
      await whenRead(document);
      const { findings, store } = await glossight();
      await until(() => findings.get(document) !== undefined);
      assert.deepEqual(own(document.uri), [], title);
      assert.equal(store.get(document.uri.toString())!.at(RIVER_BANK)!.evidence, 'chosen');
      await run(COMMANDS.undoCorrection);
      await until(() => own(document.uri).length === 1);
    });

    it('give a word one sense in the document, which can be taken back at once', async () => {
      const { editor, warning } = await showWarned();
      const { document } = editor;
      const { command } = await fix(
        document,
        warning.range,
        /^One sense for “bank” in this document: ‘a financial/,
      );
      await run(command!.command, ...argumentsOf(command));
      await until(() => own(document.uri).length === 0);
      const { store, inventory } = await glossight();
      const sense = (): number => store.get(document.uri.toString())!.at(RIVER_BANK)!.sense;
      assert.match(inventory.key(sense()), /^bank%1:14:/);
      await run(COMMANDS.undoCorrection);
      await until(() => own(document.uri).length === 1);
      assert.match(inventory.key(sense()), /^bank%1:17:/);
    });

    it('ask what a use means', async () => {
      const { editor, warning } = await showWarned();
      const { command } = await fix(editor.document, warning.range, /^This use means …$/);
      assert.equal(command!.command, COMMANDS.pickSense);
    });

    it('are not offered elsewhere, nor for a document that has no name', async () => {
      const { editor, warning } = await showWarned();
      const { document } = editor;
      const titles = (actions: readonly vscode.CodeAction[]): string[] => actions.map(({ title }) => title);
      assert.deepEqual(titles(await fixesAt(document, rangeOf(document, 'farmers'))), []);
      const here = titles(await fixesAt(document, warning.range));
      assert.ok(!here.some((title) => title.endsWith('in this document')));
    });
  });
});
