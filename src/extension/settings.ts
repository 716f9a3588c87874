import * as vscode from 'vscode';
import { SECTION, type Settings } from './contributions';

/** A setting's value, as it applies to a document. Its type and default are the manifest's. */
export function setting<Name extends keyof Settings>(
  name: Name,
  scope?: vscode.ConfigurationScope,
): Settings[Name] {
  return vscode.workspace.getConfiguration(SECTION, scope).get<Settings[Name]>(name)!;
}

/** Changes a setting where it was set last: workspace or, by default, user. */
export async function changeSetting<Name extends keyof Settings>(
  name: Name,
  value: Settings[Name],
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const inWorkspace = configuration.inspect(name)?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(name, value, target);
}

/** Calls back when any of the settings changes. */
export function onSettingsChange(names: readonly (keyof Settings)[], changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (names.some((name) => event.affectsConfiguration(`${SECTION}.${name}`))) changed();
  });
}
