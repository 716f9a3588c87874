import path from 'node:path';
import * as vscode from 'vscode';
import {
  CancelledError,
  consistencyJson,
  consistencyMarkdown,
  consistencyText,
  type ConsistencyWarning,
  type DocumentFindings,
  type Place,
} from '../../../core';
import type { Findings } from './findings';
import { consistencyStrings } from './texts';
import { rangeOf } from '../../services/positions';
import { onAbort } from '../../services/cancellation';
import type { OnShare } from '../../services/progress';
import { setting } from '../../services/settings';
import { type PassageSources, readPassage } from '../../services/passage';
import { withPatience } from '../../services/patience';
import { tellNoEditor } from '../../services/place';
import type { Reports } from '../../services/reports';
import { methodText } from '../../services/senseTexts';

/** Files that are looked at in a folder; those in a language of the setting `reading.languages` are checked. */
const FILES = '**/*.{md,markdown,mdown,mkd,mkdn,mdx,qmd,rmd,txt,text}';
const EXCLUDED = '**/{node_modules,.git}/**';

interface CheckDeps extends PassageSources {
  readonly findings: Findings;
  readonly reports: Reports;
}

/** What is to be checked. */
interface Target {
  readonly name: string;
  readonly files: (signal: AbortSignal) => Thenable<readonly vscode.Uri[]>;
}

interface Outcome {
  readonly documents: readonly DocumentFindings[];
  /** Files that could not be read, and why. */
  readonly failed: readonly string[];
}

/**
 * Looks for words used in two senses, in a document, a folder or the workspace. Findings are shown under Problems and in a report.
 * @param args `[resource]` from a menu; else what to check is asked for
 */
export async function checkConsistency(deps: CheckDeps, args: readonly unknown[]): Promise<void> {
  const target = args[0] instanceof vscode.Uri ? await targetOf(args[0]) : await askTarget();
  if (!target) return;
  const title = vscode.l10n.t('Checking consistency of {0}', target.name);
  const outcome = await withPatience(title, async (signal, onShare) =>
    checkFiles(deps, await target.files(signal), signal, onShare),
  );
  if (outcome) await report(target.name, outcome, deps);
}

async function targetOf(uri: vscode.Uri): Promise<Target> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const isFolder = !open && (await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory;
  const name = path.posix.basename(uri.path);
  if (!isFolder) return { name, files: () => Promise.resolve([uri]) };
  return { name, files: (signal) => findFiles(new vscode.RelativePattern(uri, FILES), signal) };
}

async function askTarget(): Promise<Target | undefined> {
  const { l10n, window, workspace } = vscode;
  const uri = window.activeTextEditor?.document.uri;
  const items: (vscode.QuickPickItem & { readonly target: () => Target | Promise<Target> })[] = [];
  if (uri) {
    const description = path.posix.basename(uri.path);
    items.push({ label: l10n.t('This document'), description, target: () => targetOf(uri) });
    const folder = uri.with({ path: path.posix.dirname(uri.path) });
    if (uri.scheme !== 'untitled') {
      items.push({
        label: l10n.t('This folder'),
        description: workspace.asRelativePath(folder),
        target: () => targetOf(folder),
      });
    }
  }
  if (workspace.workspaceFolders) {
    const name = workspace.name ?? l10n.t('the workspace');
    items.push({
      label: l10n.t('The workspace'),
      description: name,
      target: () => ({ name, files: (signal) => findFiles(FILES, signal) }),
    });
  }
  if (items.length === 0) {
    tellNoEditor();
    return undefined;
  }
  if (items.length === 1) return items[0]!.target();
  const picked = await window.showQuickPick(items, { placeHolder: l10n.t('What is to be checked?') });
  return picked?.target();
}

async function findFiles(pattern: vscode.GlobPattern, signal: AbortSignal): Promise<readonly vscode.Uri[]> {
  const cancelled = new vscode.CancellationTokenSource();
  const listening = onAbort(signal, () => cancelled.cancel());
  try {
    const files = await vscode.workspace.findFiles(pattern, EXCLUDED, undefined, cancelled.token);
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  } finally {
    listening.dispose();
    cancelled.dispose();
  }
}

/** @returns `undefined` when cancelled */
async function checkFiles(
  deps: CheckDeps,
  files: readonly vscode.Uri[],
  signal: AbortSignal,
  onShare: OnShare,
): Promise<Outcome | undefined> {
  const documents: DocumentFindings[] = [];
  const failed: string[] = [];
  for (const [i, uri] of files.entries()) {
    const file = vscode.workspace.asRelativePath(uri);
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      const isMeant = setting('reading.languages', document).includes(document.languageId);
      if (files.length > 1 && !isMeant) continue;
      const warnings = await checkDocument(deps, document, signal, (share) =>
        onShare((i + share) / files.length),
      );
      if (!warnings) return undefined;
      documents.push(findingsOf(file, document, warnings));
    } catch (error) {
      if (error instanceof CancelledError) return undefined;
      // One file that cannot be read is no reason to leave the others.
      failed.push(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (signal.aborted) return undefined;
    onShare((i + 1) / files.length);
  }
  return { documents, failed };
}

/** Reads and checks a document, anew if it was edited meanwhile; `undefined` when cancelled. */
async function checkDocument(
  deps: CheckDeps,
  document: vscode.TextDocument,
  signal: AbortSignal,
  onShare: OnShare,
): Promise<readonly ConsistencyWarning[] | undefined> {
  while (!signal.aborted) {
    const whole = { start: 0, end: document.getText().length };
    const passage = await readPassage(document, [whole], deps, signal, onShare);
    const annotations = passage?.words.map(({ packed }) => packed);
    const warnings = annotations && (await deps.findings.check(document, annotations, signal));
    if (warnings) return warnings;
  }
  return undefined;
}

function findingsOf(
  file: string,
  document: vscode.TextDocument,
  warnings: readonly ConsistencyWarning[],
): DocumentFindings {
  const placeOf = ({ start }: { readonly start: number }): Place => {
    const { line, character } = document.positionAt(start);
    return { line: line + 1, column: character + 1 };
  };
  return {
    file,
    findings: warnings.map((warning) => ({
      warning,
      text: document.getText(rangeOf(document, warning)),
      ...placeOf(warning),
      cited: warning.cited.map(placeOf),
      alike: warning.alike.map(placeOf),
    })),
  };
}

async function report(
  name: string,
  { documents, failed }: Outcome,
  { inventory, reports }: CheckDeps,
): Promise<void> {
  const { l10n } = vscode;
  const count = documents.reduce((sum, { findings }) => sum + findings.length, 0);
  const strings = consistencyStrings();
  if (count === 0 && failed.length === 0) {
    void vscode.window.showInformationMessage(
      `${strings.none} (${l10n.t('Documents: {0}', documents.length)})`,
    );
    return;
  }
  const title = l10n.t('Consistency of {0}', name);
  const header = [
    title,
    methodText(inventory.edition),
    l10n.t('Documents: {0}; consistency warnings: {1}.', documents.length, count),
    ...failed.map((text) => l10n.t('Not read: {0}', text)),
  ];
  await reports.show({
    title,
    text: consistencyText(header, documents, inventory, strings),
    markdown: () => Promise.resolve(consistencyMarkdown(documents, inventory, strings)),
    json: () => {
      const objects = documents.map((document) => consistencyJson(document, inventory, strings));
      return Promise.resolve(`${JSON.stringify(objects, undefined, 2)}\n`);
    },
  });
}
