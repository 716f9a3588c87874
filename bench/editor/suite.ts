/**
 * The half of the editor benchmark that runs in the extension host, as VS Code's test entry. The task comes as JSON in
 * GLOSSIGHT_BENCH; the measurements go to the file that the task names.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Glossight } from '../../src/extension/extension';
import type { EditorMeasurements, EditorTask } from './messages';
import { watchStretches } from './stretches';

const HOVERS = 300;
const EDITS = 40;
/** Words of the selection that is disambiguated. */
const PASSAGE = 100_000;
/** End of the script address of Glossight's functions in a profile. */
const OURS = 'dist/extension.js';
/** Memory is sampled by another process; after each step it gets this long to take a sample. */
const SETTLE_MS = 3000;

export async function run(): Promise<void> {
  const task = JSON.parse(process.env['GLOSSIGHT_BENCH']!) as EditorTask;
  const measured = await (task.mode === 'bare' ? openOnly(task) : measure(task));
  writeFileSync(task.out, JSON.stringify(measured));
}

/** Opens the same text without Glossight, to compare memory with. */
async function openOnly({ file }: EditorTask): Promise<EditorMeasurements> {
  await show(file, []);
  await delay(SETTLE_MS);
  return {};
}

async function measure({ file, mode, line }: EditorTask): Promise<EditorMeasurements> {
  const extension = vscode.extensions.getExtension<Glossight>('glossight.glossight')!;
  const glossight = await extension.activate();
  // Waits until the window has started; the encoder has not started yet.
  await delay(SETTLE_MS);
  const stretches = mode === 'profiled' ? await watchStretches(OURS) : undefined;
  const firstScreen = await timeToFirstScreen(glossight, file, line);
  if (mode === 'warm') {
    // Again, with the encoder process running.
    const reopened: number[] = [];
    for (let i = 0; i < 5; i++) {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await closed(file);
      reopened.push(await timeToFirstScreen(glossight, file, line));
    }
    await wholeDocument(glossight);
    return { firstScreen, reopened };
  }
  const editor = vscode.window.activeTextEditor!;
  const start = performance.now();
  await scrollWhileReading(glossight, editor);
  const wholeSeconds = (performance.now() - start) / 1000;
  const hover = await hovers(glossight, editor);
  const edit = await edits(glossight, editor);
  const all = await stretches?.stop();
  const passage = stretches && (await disambiguate(glossight, editor));
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return { firstScreen, wholeSeconds, ...hover, edit, ...all, ...(passage ? { passage } : {}) };
}

/** Time from the event of the opened document until all visible text has its underlines. */
async function timeToFirstScreen(glossight: Glossight, file: string, line: number): Promise<number> {
  let start = NaN;
  const opening = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
    if (uri.fsPath === file) start = performance.now();
  });
  const painted = new Promise<void>((resolve) => {
    const heard = glossight.decorations.onDidPaint((editor) => {
      const { document, visibleRanges } = editor;
      if (document.uri.fsPath !== file || visibleRanges.length === 0) return;
      const annotations = glossight.store.get(document.uri.toString());
      const isRead = visibleRanges.every(
        ({ start, end }) => annotations?.isRead(document.offsetAt(start), document.offsetAt(end)) ?? false,
      );
      if (!isRead || glossight.decorations.shown(editor).sure.length === 0) return;
      heard.dispose();
      resolve();
    });
  });
  await show(file, [line]);
  await painted;
  opening.dispose();
  return performance.now() - start;
}

async function show(file: string, lines: readonly number[]): Promise<void> {
  const selection = new vscode.Range(lines[0] ?? 0, 0, lines[0] ?? 0, 0);
  // Not `openTextDocument`, whose document stays open for minutes after its editor was closed.
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), { selection, preview: false });
}

async function closed(file: string): Promise<void> {
  while (vscode.workspace.textDocuments.some(({ uri }) => uri.fsPath === file)) {
    await new Promise<void>((resolve) => {
      const heard = vscode.workspace.onDidCloseTextDocument(() => {
        heard.dispose();
        resolve();
      });
    });
  }
}

/** Waits until the whole novel is read, and scrolls through it meanwhile as a reader would. */
async function scrollWhileReading(glossight: Glossight, editor: vscode.TextEditor): Promise<void> {
  const { document } = editor;
  const whole = wholeDocument(glossight);
  let finished = false as boolean;
  void whole.then(() => (finished = true));
  for (let line = 0; !finished; line = (line + 45) % document.lineCount) {
    editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
    await delay(250);
  }
}

async function wholeDocument(glossight: Glossight): Promise<void> {
  const { document } = vscode.window.activeTextEditor!;
  const isRead = (): boolean => glossight.scheduler.state(document)?.phase === 'read';
  if (isRead()) return;
  await new Promise<void>((resolve) => {
    const heard = glossight.scheduler.onDidChangeState(() => {
      if (!isRead()) return;
      heard.dispose();
      resolve();
    });
  });
}

async function hovers(
  glossight: Glossight,
  { document }: vscode.TextEditor,
): Promise<Pick<EditorMeasurements, 'hoverCall' | 'hoverRoundTrip'>> {
  const annotations = glossight.store.get(document.uri.toString())!;
  const step = document.getText().length / HOVERS;
  const hoverCall: number[] = [];
  const hoverRoundTrip: number[] = [];
  const { token } = new vscode.CancellationTokenSource();
  for (let i = 0; i < HOVERS; i++) {
    // Annotations are fetched a few at a time, since a list of all would count as memory of Glossight.
    const [annotation] = annotations.between(i * step, (i + 1) * step);
    if (!annotation) continue;
    const position = document.positionAt(annotation.start);
    let start = performance.now();
    const card = await glossight.hover.provideHover(document, position, token);
    hoverCall.push(performance.now() - start);
    if (!card) throw new Error('A read word has no hover.');
    start = performance.now();
    await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, position);
    hoverRoundTrip.push(performance.now() - start);
  }
  return { hoverCall, hoverRoundTrip };
}

/** Types a word in several places, and measures from the last key stroke until the paragraph has been read again. */
async function edits(glossight: Glossight, editor: vscode.TextEditor): Promise<number[]> {
  const { document } = editor;
  const times: number[] = [];
  for (let i = 0; i < EDITS; i++) {
    const line = Math.floor(((i + 0.5) * document.lineCount) / EDITS);
    editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.InCenter);
    const at = new vscode.Position(line, Math.min(3, document.lineAt(line).text.length));
    for (const letter of ' bank ') await editor.edit((edit) => edit.insert(at, letter));
    const start = performance.now();
    const span = { start: document.offsetAt(at) - 2, end: document.offsetAt(at) + 8 };
    const { signal } = new AbortController();
    if (!(await glossight.scheduler.whenRead(document, span, signal))) throw new Error('Not read again.');
    times.push(performance.now() - start);
  }
  return times;
}

/** Disambiguates a long selection of a text that has been read, until the list of its senses is shown. */
async function disambiguate(
  glossight: Glossight,
  editor: vscode.TextEditor,
): Promise<NonNullable<EditorMeasurements['passage']>> {
  await wholeDocument(glossight);
  const { document } = editor;
  const text = document.getText();
  const end = [...text.matchAll(/\S+/g)][PASSAGE]?.index ?? text.length;
  editor.selection = new vscode.Selection(document.positionAt(0), document.positionAt(end));
  // Waits until the editor reports the selection.
  while (vscode.window.activeTextEditor?.selection.isEmpty) await delay(20);
  await delay(SETTLE_MS);
  const watch = await watchStretches(OURS);
  const start = performance.now();
  await vscode.commands.executeCommand('glossight.disambiguateSelection');
  const seconds = (performance.now() - start) / 1000;
  if (vscode.window.activeTextEditor?.document.uri.scheme !== 'glossight-senses')
    throw new Error('No list of senses.');
  const { stretches } = await watch.stop();
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return { seconds, stretches };
}
