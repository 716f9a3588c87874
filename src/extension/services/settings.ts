import * as vscode from 'vscode';
import type { LayerRule } from '../../core';
import { SECTION, type Settings } from './contributions';

/** A setting's value, as it applies to a document. Its type and default are the manifest's. */
export function setting<Name extends keyof Settings>(
  name: Name,
  scope?: vscode.ConfigurationScope,
): Settings[Name] {
  return vscode.workspace.getConfiguration(SECTION, scope).get<Settings[Name]>(name)!;
}

/** Does the setting name the encoder that ships? */
export function isBuiltInEncoder(): boolean {
  return setting('encoder.source').trim() === '';
}

/** The layer rule that is followed: the encoder that ships has one only, and the setting is for others. */
export function layerRule(): LayerRule {
  return isBuiltInEncoder() ? 'mean4' : setting('layerRule');
}

/** The layer rule as a reader is told it: what the encoder that ships gives comes from its trained map. */
export function layerName(): string {
  return isBuiltInEncoder() ? 'map' : layerRule();
}

/**
 * Changes a setting where the value that applies comes from: a language's own before others, a folder before the workspace
 * before the user; where it was never set, for the user.
 */
export async function changeSetting<Name extends keyof Settings>(
  name: Name,
  value: Settings[Name],
  scope?: vscode.TextDocument,
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION, scope);
  const set = configuration.inspect(name);
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const places = [
    [set?.workspaceFolderLanguageValue, WorkspaceFolder, true],
    [set?.workspaceLanguageValue, Workspace, true],
    [set?.globalLanguageValue, Global, true],
    [set?.workspaceFolderValue, WorkspaceFolder, false],
    [set?.workspaceValue, Workspace, false],
  ] as const;
  const place = places.find(([present]) => present !== undefined);
  await configuration.update(name, value, place?.[1] ?? Global, place?.[2] ?? false);
}

/** Calls back when any of the settings changes. */
export function onSettingsChange(names: readonly (keyof Settings)[], changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (names.some((name) => event.affectsConfiguration(`${SECTION}.${name}`))) changed();
  });
}
