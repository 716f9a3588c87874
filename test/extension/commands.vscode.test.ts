import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import manifest from '../../package.json';
import {
  COMMANDS,
  CONTEXT_KEYS,
  SENSES_SCHEME,
  type Settings,
} from '../../src/extension/services/contributions';
import type { Glossight } from '../../src/extension/extension';
import { until } from '../support/wait';
import { glossight, putCursor, rangeOf, showRead, showText, withReplaced } from './support/editor';

const { clipboard } = vscode.env;
const TEXT = 'A boat reached the bank of the river.\n\nShe put her money in the bank. A loan is dear.\n';
/** Long enough that its reading can be interrupted. */
const LONG = 'The captain watched the light on the water and spoke of the bank.\n\n'.repeat(1_500);

interface Copied {
  readonly file: string;
  readonly recipe: string;
  readonly layer: string;
  readonly annotations: readonly { readonly start: number; readonly text: string; readonly sense: string }[];
}

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...args);
const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('glossight');
/** Tabs that list senses; VS Code keeps their documents for a while after they are gone. */
const listTabs = (): readonly string[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === SENSES_SCHEME)
    .map(({ label }) => label);

/** The list of senses that a command has opened, and the same as JSON. */
async function listInFront(): Promise<{ readonly text: string; readonly json: unknown }> {
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, SENSES_SCHEME);
  await run(COMMANDS.copySensesAsJson);
  return { text: document.getText(), json: JSON.parse(await clipboard.readText()) as unknown };
}

async function passageInFront(): Promise<Copied & { readonly list: string }> {
  const { text, json } = await listInFront();
  return { ...(json as Copied), list: text };
}

const wordsOf = ({ annotations }: Copied): readonly string[] => annotations.map(({ text }) => text);

describe('commands', () => {
  let extension: Glossight;

  before(async () => {
    extension = await glossight();
  });

  beforeEach(async () => {
    await clipboard.writeText('untouched');
  });

  afterEach(async () => {
    for (const name of ['annotations.show', 'recipe', 'layerRule'] satisfies (keyof Settings)[])
      await configuration().update(name, undefined, vscode.ConfigurationTarget.Global);
    await run('workbench.action.closeAllEditors');
  });

  it('are registered, each that the manifest offers', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const offered = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      offered.filter((command) => !registered.has(command)),
      [],
    );
  });

  describe('Disambiguate Selection', () => {
    it('lists the words of the sentence at the cursor', async () => {
      putCursor(await showRead(TEXT), 'money');
      await run(COMMANDS.disambiguateSelection);
      const passage = await passageInFront();
      assert.deepEqual(wordsOf(passage), ['put', 'money', 'bank']);
      for (const { start, text: word } of passage.annotations) {
        assert.equal(TEXT.slice(start, start + word.length), word);
        assert.match(passage.list, new RegExp(`^3:\\d+ +${word} `, 'm'));
      }
    });

    it('lists the words of several selections in text order', async () => {
      const editor = await showRead(TEXT);
      editor.selections = ['loan', 'boat reached'].map((words) => {
        const { start, end } = rangeOf(editor.document, words);
        return new vscode.Selection(start, end);
      });
      await run(COMMANDS.disambiguateSelection);
      const passage = await passageInFront();
      assert.deepEqual(wordsOf(passage), ['boat', 'reached', 'loan']);
    });

    it('gives a document that is not read the senses it has when it is, and leaves it unread', async () => {
      const sensesIn = async (editor: vscode.TextEditor): Promise<Copied['annotations']> => {
        putCursor(editor, 'money');
        await run(COMMANDS.disambiguateSelection);
        return (await passageInFront()).annotations;
      };
      const read = await sensesIn(await showRead(TEXT));
      const editor = await showText(TEXT, 'latex');
      assert.equal(extension.scheduler.state(editor.document), undefined);
      assert.deepEqual(await sensesIn(editor), read);
      assert.equal(extension.scheduler.state(editor.document), undefined);
    });

    it('follows the link of a hover card, and refuses one that names no place', async () => {
      const { document } = await showRead(TEXT);
      const uri = document.uri.toString();
      await run(COMMANDS.disambiguateSelection, uri, TEXT.length + 1);
      await run(COMMANDS.disambiguateSelection, 'untitled:elsewhere', 0);
      assert.deepEqual(listTabs(), []);
      await run(COMMANDS.disambiguateSelection, uri, TEXT.indexOf('boat'));
      const passage = await passageInFront();
      assert.deepEqual(wordsOf(passage), ['boat', 'reached', 'bank', 'river']);
    });

    it('opens nothing where there is no content word', async () => {
      const editor = await showRead(TEXT);
      const blank = new vscode.Position(1, 0);
      editor.selection = new vscode.Selection(blank, blank);
      await run(COMMANDS.disambiguateSelection);
      assert.equal(vscode.window.activeTextEditor, editor);
      assert.deepEqual(listTabs(), []);
    });

    it('shows progress in a long text, and opens nothing once it is cancelled', async () => {
      await showText(LONG, 'latex');
      await run('editor.action.selectAll');
      await until(() => vscode.window.activeTextEditor?.selection.isEmpty === false);
      const told: string[] = [];
      const withProgress: typeof vscode.window.withProgress = async (options, task) => {
        assert.equal(options.cancellable, true);
        const cancel = new vscode.CancellationTokenSource();
        const report = ({ message }: { message?: string }): void => {
          told.push(message ?? '');
          if (told.length === 3) cancel.cancel();
        };
        return task({ report }, cancel.token);
      };
      await withReplaced(vscode.window, 'withProgress', withProgress, async () => {
        await run(COMMANDS.disambiguateSelection);
      });
      assert.ok(told.length >= 3);
      assert.ok(told.every((message) => /^\d+ %$/.test(message) && message !== '100 %'));
      assert.deepEqual(listTabs(), []);
    });

    it('reads a passage anew that is edited meanwhile', async () => {
      const editor = await showText(LONG, 'latex');
      await run('editor.action.selectAll');
      await until(() => vscode.window.activeTextEditor?.selection.isEmpty === false);
      let tellProgress = (): void => undefined;
      const progress = new Promise<void>((resolve) => (tellProgress = resolve));
      const withProgress: typeof vscode.window.withProgress = (_, task) =>
        task({ report: () => tellProgress() }, new vscode.CancellationTokenSource().token);
      await withReplaced(vscode.window, 'withProgress', withProgress, async () => {
        const running = run(COMMANDS.disambiguateSelection);
        await progress;
        const first = LONG.indexOf('\n') + 2;
        const rest = new vscode.Range(
          editor.document.positionAt(first),
          editor.document.positionAt(LONG.length),
        );
        assert.ok(await editor.edit((edit) => edit.replace(rest, 'A dog barked.')));
        await running;
      });
      const passage = await passageInFront();
      assert.deepEqual(wordsOf(passage).slice(-2), ['dog', 'barked']);
      assert.ok(passage.annotations.length < 12);
    });
  });

  it('Show All Senses lists every candidate of the word at the cursor', async () => {
    putCursor(await showRead(TEXT), 'bank.');
    await run(COMMANDS.showAllSenses);
    const { text, json } = await listInFront();
    const word = json as {
      readonly text: string;
      readonly candidates: readonly { readonly sense: string }[];
    };
    assert.equal(word.text, 'bank');
    assert.ok(word.candidates.length > 5);
    for (const { sense } of word.candidates) assert.ok(text.includes(sense), sense);
  });

  describe('Copy Sense Key', () => {
    it('copies the key of the word at the cursor', async () => {
      const editor = await showRead(TEXT);
      putCursor(editor, 'money');
      await run(COMMANDS.copySenseKey);
      assert.match(await clipboard.readText(), /^money%1:\d\d:\d\d::$/);
    });

    it('copies the key of a link, if WordNet has it', async () => {
      await run(COMMANDS.copySenseKey, 'bank%9:99:99::');
      assert.equal(await clipboard.readText(), 'untouched');
      await run(COMMANDS.copySenseKey, 'bank%1:17:01::');
      assert.equal(await clipboard.readText(), 'bank%1:17:01::');
    });
  });

  it('Copy Senses as Markdown Table copies a row for each word of the list, and nothing elsewhere', async () => {
    const editor = await showRead(TEXT);
    await run(COMMANDS.copySensesAsMarkdown);
    assert.equal(await clipboard.readText(), 'untouched');
    putCursor(editor, 'money');
    await run(COMMANDS.disambiguateSelection);
    const passage = await passageInFront();
    await run(COMMANDS.copySensesAsMarkdown);
    const rows = (await clipboard.readText()).trimEnd().split('\n').slice(2);
    assert.equal(rows.length, passage.annotations.length);
    for (const [i, { text, sense }] of passage.annotations.entries()) {
      assert.match(rows[i]!, new RegExp(`^\\| 3:\\d+ +\\| ${text} `));
      assert.ok(rows[i]!.includes(sense.replaceAll('_', '\\_')), rows[i]);
    }
  });

  it('Toggle Annotations turns underlines off, and on again as they were', async () => {
    await configuration().update('annotations.show', 'activeLine', vscode.ConfigurationTarget.Global);
    const editor = await showRead(TEXT);
    const count = (): number => {
      const { sure, unsure } = extension.decorations.shown(editor);
      return sure.length + unsure.length;
    };
    putCursor(editor, 'boat');
    await until(() => count() > 0);
    const before = count();
    await run(COMMANDS.toggleAnnotations);
    await until(() => count() === 0);
    assert.equal(configuration().get('annotations.show'), 'off');
    await run(COMMANDS.toggleAnnotations);
    await until(() => count() === before);
    assert.equal(configuration().get('annotations.show'), 'activeLine');
  });

  it('Read, Stop and Re-read decide on a document of any language, and context keys follow', async () => {
    const { scheduler, contextKeys, store } = extension;
    const { document } = await showText(TEXT, 'latex');
    const phase = (): string | undefined => scheduler.state(document)?.phase;
    const areKeys = (isReading: boolean): boolean =>
      contextKeys.get(CONTEXT_KEYS.isReading) === isReading &&
      contextKeys.get(CONTEXT_KEYS.canRead) === !isReading;
    await until(() => areKeys(false));
    await run(COMMANDS.readDocument);
    await until(() => phase() === 'read' && areKeys(true));
    await run(COMMANDS.rereadDocument);
    assert.equal(phase(), 'loading');
    await until(() => phase() === 'read');
    await run(COMMANDS.stopReading);
    assert.equal(phase(), undefined);
    assert.equal(store.get(document.uri.toString()), undefined);
    await until(() => areKeys(false));
  });

  /** Answers the quick pick that a command opens by moving to an item and accepting it, or by leaving. */
  async function pick(command: string, label: string | undefined): Promise<void> {
    const { window } = vscode;
    let picker: vscode.QuickPick<vscode.QuickPickItem> | undefined;
    const original = window.createQuickPick;
    const createQuickPick = <Item extends vscode.QuickPickItem>(): vscode.QuickPick<Item> => {
      const created = original<Item>();
      picker = created;
      return created;
    };
    await withReplaced(window, 'createQuickPick', createQuickPick, async () => {
      const state = { isOver: false };
      const running = Promise.resolve(run(command)).finally(() => {
        state.isOver = true;
      });
      await until(() => picker !== undefined);
      // Keys that come before the page shows the pick are lost.
      while (label !== undefined && picker!.activeItems[0]?.label !== label) {
        await run('workbench.action.quickOpenSelectNext');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      while (!state.isOver) {
        await run(
          label === undefined
            ? 'workbench.action.closeQuickOpen'
            : 'workbench.action.acceptSelectedQuickOpenItem',
        );
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      await running;
    });
  }

  it('Choose Recipe changes the setting, and what is open is read by it', async () => {
    const editor = await showRead(TEXT);
    const { scheduler } = extension;
    const phases: (string | undefined)[] = [];
    const watch = scheduler.onDidChangeState(() => phases.push(scheduler.state(editor.document)?.phase));
    try {
      await pick(COMMANDS.chooseRecipe, undefined);
      assert.equal(configuration().get('recipe'), 'default');
      assert.equal(phases.length, 0);
      await pick(COMMANDS.chooseRecipe, 'Textbook');
      assert.equal(configuration().get('recipe'), 'textbook');
      await until(() => phases.includes('loading') && phases.at(-1) === 'read');
    } finally {
      watch.dispose();
    }
    putCursor(editor, 'money');
    await run(COMMANDS.disambiguateSelection);
    assert.equal((await passageInFront()).recipe, 'textbook');
  });

  it('Choose Layer Rule says that the encoder that comes with Glossight has one vector for each word', async () => {
    const shown: string[] = [];
    const showInformationMessage = ((message: string) => {
      shown.push(message);
      return Promise.resolve(undefined);
    }) as unknown as typeof vscode.window.showInformationMessage;
    await withReplaced(vscode.window, 'showInformationMessage', showInformationMessage, () =>
      run(COMMANDS.chooseLayerRule),
    );
    assert.match(shown.join(), /one vector for each word/);
    assert.equal(configuration().inspect('layerRule')?.globalValue, undefined);
  });

  it('Show Menu offers what makes sense for the document, and runs what is chosen', async () => {
    type Item = vscode.QuickPickItem & { readonly command?: string };
    let offered: readonly Item[] = [];
    let chosen: string | undefined;
    const showQuickPick = ((items: readonly Item[]) => {
      offered = items;
      return Promise.resolve(items.find(({ command }) => command !== undefined && command === chosen));
    }) as unknown as typeof vscode.window.showQuickPick;
    await withReplaced(vscode.window, 'showQuickPick', showQuickPick, async () => {
      const { document } = await showText(TEXT, 'latex');
      await run(COMMANDS.showMenu);
      const commands = (): readonly unknown[] => offered.map(({ command }) => command);
      assert.ok(commands().includes(COMMANDS.readDocument) && !commands().includes(COMMANDS.stopReading));
      chosen = COMMANDS.readDocument;
      await run(COMMANDS.showMenu);
      await until(() => extension.scheduler.state(document)?.phase === 'read');
      chosen = undefined;
      await run(COMMANDS.showMenu);
      assert.ok(!commands().includes(COMMANDS.readDocument) && commands().includes(COMMANDS.stopReading));
    });
  });
});
