import * as vscode from 'vscode';
import { CHOICES, type Settings } from '../../services/contributions';
import { changeSetting, setting } from '../../services/settings';

type Shown = Settings['annotations.show'];

/** Where the workspace remembers what was shown before underlines were turned off. */
const REMEMBERED = 'annotations.shownBefore';

/** Turns underlines off, or on again as they were. */
export async function toggleAnnotations(memory: vscode.Memento): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const shown = setting('annotations.show', document);
  if (shown !== 'off') await memory.update(REMEMBERED, shown);
  await changeSetting('annotations.show', shown === 'off' ? shownBefore(memory) : 'off', document);
}

function shownBefore(memory: vscode.Memento): Shown {
  const before = memory.get<unknown>(REMEMBERED);
  return CHOICES['annotations.show'].find((choice) => choice === before) ?? 'all';
}
