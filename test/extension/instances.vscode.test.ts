import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/extension/services/contributions';
import type { Glossight } from '../../src/extension/extension';
import type {
  FromInstancesPanel,
  PanelQuestion,
  PanelRequest,
  ToInstancesPanel,
} from '../../src/protocol/instancesPanel';
import { temporaryFolder } from '../support/temporary';
import { until } from '../support/wait';
import { glossight, hover, putCursor, replace, showRead, whenRead, withReplaced } from './support/editor';

const RIVER = 'The bank of the river was steep and muddy.';
const MONEY = 'The bank lends money to farmers and shops.';
const TEXT = [RIVER, MONEY, RIVER, MONEY, 'The frog sat still.', 'A frog croaked.'].join('\n\n');

type Message<Type extends ToInstancesPanel['type']> = Extract<ToInstancesPanel, { readonly type: Type }>;

describe('the panel of similar instances', () => {
  const inFolder = temporaryFolder();
  let extension: Glossight;
  let editor: vscode.TextEditor;
  let posted: ToInstancesPanel[];

  before(async () => {
    extension = await glossight();
  });

  beforeEach(async () => {
    editor = await showRead(TEXT);
    posted = [];
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** Shows the uses of a word at the start of some words, and records what the view is told from then on. */
  async function show(words: string): Promise<Message<'word'>> {
    putCursor(editor, words);
    await vscode.commands.executeCommand(COMMANDS.showSimilarInstances);
    const { webview } = extension.instances;
    assert.ok(webview);
    const post = webview.postMessage.bind(webview);
    Object.assign(webview, {
      postMessage: (message: ToInstancesPanel) => {
        posted.push(message);
        return post(message);
      },
    });
    // The view has loaded by now or asks for the word itself when it has.
    await extension.instances.receive({ type: 'ready' });
    return told('word');
  }

  /** Waits for the last message of a kind. */
  async function told<Type extends ToInstancesPanel['type']>(
    type: Type,
    isIt: (message: Message<Type>) => boolean = () => true,
  ): Promise<Message<Type>> {
    const last = (): Message<Type> | undefined =>
      posted.filter((message): message is Message<Type> => message.type === type).findLast(isIt);
    await until(() => last() !== undefined);
    return last()!;
  }

  const send = (message: FromInstancesPanel): Promise<void> => extension.instances.receive(message);
  /** Asks as the page does: again where a new list, or the page itself, took the place of the question. */
  async function answerTo<Type extends PanelQuestion>(
    request: Extract<PanelRequest, { readonly type: Type }>,
  ): Promise<Message<Type>> {
    const isIt = (message: ToInstancesPanel): message is Message<Type> =>
      message.type === request.type && 'id' in message && message.id === request.id;
    await until(async () => {
      await send({ ...request, word: number() });
      return posted.some(isIt);
    });
    return posted.find(isIt)!;
  }
  const number = (): number => extension.instances.shown!.number;

  it('lists every use in its context, those in the same sense nearest', async () => {
    const { word, uses, asked } = await show('bank of');
    assert.equal(word.lemma, 'bank');
    assert.deepEqual(
      uses.map(({ line, keyword }) => [line, keyword]),
      [1, 3, 5, 7].map((line) => [line, 'bank']),
    );
    assert.equal(asked, 0);
    assert.deepEqual([uses[0]!.left, uses[0]!.right], ['The ', ' of the river was steep and muddy.']);
    assert.equal(uses[2]!.sense, uses[0]!.sense);
    assert.ok(uses[2]!.closerThan! > uses[1]!.closerThan!);
    assert.deepEqual(
      word.senses.slice(0, 2).map(({ uses: count }) => count),
      [2, 2],
    );
  });

  it('is offered by the hover card', async () => {
    assert.match(
      await hover(editor.document, 'bank'),
      /\[Similar Instances\]\(command:glossight\.showSimilarInstances/,
    );
  });

  it('draws a map, compares, explains and finds other words, as asked', async () => {
    await show('bank of');
    const { map } = await answerTo({ type: 'map', id: 101, word: number(), method: 'pca' });
    assert.equal(map.x.length, 4);
    assert.ok(map.tooFew);
    const { comparison } = await answerTo({ type: 'comparison', id: 102, word: number(), uses: [0, 1] });
    assert.ok(comparison.static! > 0.999 && comparison.standardised < 0.9);
    const { evidence, word } = await answerTo({ type: 'evidence', id: 103, word: number(), use: 1 });
    assert.equal(word, number());
    assert.ok(evidence.senses.some(({ examples }) => examples.length > 0));
    const { neighbours } = await answerTo({ type: 'neighbours', id: 104, word: number() });
    const keywords = neighbours.map(({ keyword }) => keyword);
    assert.ok(keywords.includes('river'), keywords.join(' '));
  });

  it('compares with any word at the cursor', async () => {
    await show('bank of');
    putCursor(editor, 'money');
    await vscode.commands.executeCommand(COMMANDS.compareInstances);
    const { comparison } = await told('comparison');
    assert.deepEqual(
      comparison.words.map(({ keyword }) => keyword),
      ['bank', 'money'],
    );
    assert.ok(comparison.static! < 0.9);
  });

  it('drops answers about a word that is no longer asked about, and keeps the number of one that is listed again', async () => {
    await show('bank of');
    const before = number();
    const late = send({ type: 'map', id: 101, word: before, method: 'pca' });
    await Promise.all([late, extension.instances.show(editor.document, TEXT.indexOf('frog'))]);
    const { memory, ...listed } = await told('word', ({ word }) => word.lemma === 'frog');
    assert.ok(!posted.some((message) => 'id' in message && message.id === 101));
    assert.notEqual(listed.number, before);
    await send({ type: 'ask', word: number(), use: 1 });
    const again = await told('word', ({ asked }) => asked === 1);
    assert.equal(again.number, listed.number);
    assert.equal((JSON.parse(memory) as { number: number }).number, listed.number);
  });

  it('goes to a use, where it stands after an edit too', async () => {
    await show('bank of');
    await replace(editor, RIVER, `A new line.\n\n${RIVER}`);
    await send({ type: 'goTo', word: number(), use: 1, keepFocus: false });
    assert.equal(editor.selection.start.line, 4);
    assert.equal(editor.document.getText(editor.selection), 'bank');
  });

  it('goes to a use after one edit in several places', async () => {
    await show('bank of');
    const { document } = editor;
    const [first, last] = [document.positionAt(0), document.positionAt(TEXT.lastIndexOf('bank of'))];
    await editor.edit((edit) => {
      edit.insert(first, 'Some words. ');
      edit.insert(last, 'very old ');
    });
    await send({ type: 'goTo', word: number(), use: 3, keepFocus: false });
    assert.equal(document.getText(editor.selection), 'bank');
    assert.equal(editor.selection.start.line, 6);
    await send({ type: 'goTo', word: number(), use: 1, keepFocus: false });
    assert.equal(document.getText(editor.selection), 'bank');
  });

  it('is made anew after an edit', async () => {
    await show('bank of');
    await replace(editor, 'The frog sat still.', 'Her bank was closed.');
    await whenRead(editor.document);
    await told('word', ({ uses }) => uses.length === 5);
  });

  it('asks about another use, and follows the cursor when told to', async () => {
    await show('bank of');
    await send({ type: 'ask', word: number(), use: 1 });
    await told('word', ({ asked }) => asked === 1);
    await send({ type: 'follow', on: true });
    putCursor(editor, 'river');
    await told('word', ({ word }) => word.lemma === 'river');
    await send({ type: 'follow', on: false });
  });

  it('lists the uses of a word of one sense, nearest first too', async () => {
    const { word, uses } = await show('river');
    assert.equal(word.senses.length, 1);
    assert.equal(uses.length, 2);
    assert.ok(uses.every(({ similarity }) => similarity !== null));
  });

  it('shows the word of the last session once its text has been read', async () => {
    const place = { uri: editor.document.uri.toString(), offset: TEXT.indexOf('bank lends') };
    const panel = vscode.window.createWebviewPanel(
      'glossight.instances',
      'Similar Instances',
      vscode.ViewColumn.Two,
      {},
    );
    await extension.instances.deserializeWebviewPanel(panel, { memory: JSON.stringify(place) });
    await until(() => extension.instances.shown?.asked.span.start === place.offset);
  });

  it('waits for a word where there is nothing to remember', async () => {
    for (const state of [undefined, { memory: '{' }, { memory: '{"uri":"x:y","offset":-1}' }]) {
      const panel = vscode.window.createWebviewPanel(
        'glossight.instances',
        'Similar Instances',
        vscode.ViewColumn.Two,
        {},
      );
      await extension.instances.deserializeWebviewPanel(panel, state);
      assert.equal(extension.instances.shown, undefined);
      panel.dispose();
    }
  });

  it('ignores messages that are not from its page, or about an earlier list', async () => {
    await show('bank of');
    await extension.instances.receive({ type: 'goTo', word: 'x' });
    await extension.instances.receive(undefined);
    await send({ type: 'goTo', word: number() + 1, use: 3, keepFocus: false });
    await send({ type: 'goTo', word: number(), use: 99, keepFocus: false });
    assert.equal(editor.selection.active.character, 4);
  });

  it('shows the sense that the engine chose', async () => {
    const { word } = await show('bank of');
    const money = word.senses.find(({ key }) => key === 'bank%1:14:00::')!;
    const start = TEXT.indexOf('bank of');
    await extension.corrections.pick(editor.document, [{ start, end: start + 4 }], money.key);
    await told('word', ({ uses, word: now }) => now.senses[uses[0]!.sense]?.key === money.key);
    await vscode.commands.executeCommand(COMMANDS.undoCorrection);
    await told('word', ({ uses, word: now }) => now.senses[uses[0]!.sense]?.key !== money.key);
  });

  it('measures the map by the senses that the reader chose', async () => {
    const { word } = await show('bank of');
    const money = word.senses.find(({ key }) => key === 'bank%1:14:00::')!;
    await send({ type: 'map', id: 102, word: number(), method: 'pca' });
    assert.notEqual((await told('map')).map.silhouette, null);
    const rivers = [...TEXT.matchAll(/bank(?= of)/g)].map(({ index }) => ({ start: index, end: index + 4 }));
    await extension.corrections.pick(editor.document, rivers, money.key);
    await told('word', ({ uses, word: now }) =>
      uses.every((use) => now.senses[use.sense]?.key === money.key),
    );
    posted = [];
    await send({ type: 'map', id: 103, word: number(), method: 'pca' });
    const { map } = await told('map');
    assert.deepEqual([map.clusters, map.silhouette, map.agreement], [1, null, null]);
    await vscode.commands.executeCommand(COMMANDS.undoCorrection);
  });

  it('saves the list as it is shown, with a caption', async () => {
    await show('bank of');
    const saveAs = async (name: 'csv' | 'json'): Promise<string> => {
      const uri = vscode.Uri.file(path.join(inFolder(), `bank.${name}`));
      const dialog = (): Thenable<vscode.Uri> => Promise.resolve(uri);
      await withReplaced(vscode.window, 'showSaveDialog', dialog, () =>
        withReplaced(
          vscode.window,
          'showInformationMessage',
          () => Promise.resolve(undefined),
          () => send({ type: 'saveList', word: number(), as: name, uses: [2, 0] }),
        ),
      );
      return readFile(uri.fsPath, 'utf8');
    };
    const [caption, header, ...rows] = (await saveAs('csv')).trimEnd().split('\n');
    assert.match(caption!, /^# .*bank.*Encoder: .*Layer rule: map.*WordNet 3\.0/);
    assert.match(header!, /^document,line,left,keyword,right,sense/);
    assert.deepEqual(
      rows.map((row) => row.split(',')[1]),
      ['5', '1'],
    );
    const { uses } = JSON.parse(await saveAs('json')) as { uses: { line: number; sense: string }[] };
    assert.deepEqual(
      uses.map(({ line }) => line),
      [5, 1],
    );
    assert.match(uses[0]!.sense, /^bank%1:17:/);
  });
});
