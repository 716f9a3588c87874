import path from 'node:path';
import * as vscode from 'vscode';
import {
  type ConsistencyCheck,
  type ConsistencyRules,
  type ConsistencyThresholds,
  type Language,
  PARTS_OF_SPEECH,
  profileRules,
  type SenseInventory,
} from '../../../core';
import { SECTION } from '../../services/contributions';
import { setting } from '../../services/settings';

/** How a document is checked, by its settings; `thresholds` are those of the sense vectors it was read with. */
export function checkOptions(
  document: vscode.TextDocument,
  inventory: SenseInventory,
  thresholds: ConsistencyThresholds,
): ConsistencyCheck {
  return {
    inventory,
    rules: rulesFor(document, thresholds),
    ignored: ignoredWords(document.uri, inventory.language),
    scope: document.languageId === 'plaintext' ? 'document' : setting('consistency.scope', document),
  };
}

function rulesFor(document: vscode.TextDocument, thresholds: ConsistencyThresholds): ConsistencyRules {
  const profile = setting('consistency.profile', document);
  if (profile !== 'custom') return profileRules(profile, thresholds);
  return {
    partsOfSpeech: PARTS_OF_SPEECH.filter((part) =>
      setting('consistency.custom.partsOfSpeech', document).includes(part),
    ),
    maximumAgreement: setting('consistency.custom.maximumAgreement', document),
    maximumOverlap: setting('consistency.custom.maximumOverlap', document),
    minimumDistance: setting('consistency.custom.minimumDistance', document),
    perThousandWords: setting('consistency.custom.perThousandWords', document),
    commonWords: setting('consistency.custom.commonWords', document),
  };
}

/** For whom a word is ignored. */
export type IgnoreScope = 'document' | 'workspace' | 'user';

/** The scopes there are for a document: an untitled one has no name to remember it by. */
export function ignoreScopes({ scheme }: vscode.Uri): readonly IgnoreScope[] {
  const scopes: IgnoreScope[] = scheme === 'untitled' ? [] : ['document'];
  if (vscode.workspace.workspaceFolders) scopes.push('workspace');
  return [...scopes, 'user'];
}

/** Lemmas ignored in a document. Unlike other settings, those of user, workspace and folder add up. */
function ignoredWords(uri: vscode.Uri, language: Language): ReadonlySet<string> {
  const words = settingParts('consistency.ignoredWords', uri).flatMap(stringsOf);
  const inDocuments = settingParts('consistency.ignoredInDocuments', uri).flatMap((own) =>
    own !== null && typeof own === 'object' ? stringsOf((own as Record<string, unknown>)[nameOf(uri)]) : [],
  );
  return new Set([...words, ...inDocuments].map((word) => language.normalise(word)));
}

/** Adds a lemma to those that are ignored. */
export async function ignoreWord(lemma: string, scope: IgnoreScope, uri: vscode.Uri): Promise<void> {
  const word = lemma.replaceAll('_', ' ');
  const configuration = vscode.workspace.getConfiguration(SECTION, uri);
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  if (scope === 'document') {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    const target = !folder ? Global : vscode.workspace.workspaceFile ? WorkspaceFolder : Workspace;
    const set = configuration.inspect<Readonly<Record<string, readonly string[]>>>(
      'consistency.ignoredInDocuments',
    );
    const own =
      target === Global
        ? set?.globalValue
        : target === Workspace
          ? set?.workspaceValue
          : set?.workspaceFolderValue;
    const known = { ...own, [nameOf(uri)]: withWord(stringsOf(own?.[nameOf(uri)]), word) };
    await configuration.update('consistency.ignoredInDocuments', known, target);
    return;
  }
  const set = configuration.inspect('consistency.ignoredWords');
  const [own, target] = scope === 'user' ? [set?.globalValue, Global] : [set?.workspaceValue, Workspace];
  await configuration.update('consistency.ignoredWords', withWord(stringsOf(own), word), target);
}

function withWord(words: readonly string[], word: string): readonly string[] {
  return [...new Set([...words, word])].sort();
}

/** Names a document in settings that may be shared: by its path in the workspace folder, if it is in one. */
function nameOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder ? path.posix.relative(folder.uri.path, uri.path) : uri.toString();
}

function settingParts(name: string, uri: vscode.Uri): readonly unknown[] {
  const set = vscode.workspace.getConfiguration(SECTION, uri).inspect(name);
  return [set?.globalValue, set?.workspaceValue, set?.workspaceFolderValue];
}

/** The strings of a list that people edit by hand. */
function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
