import * as vscode from 'vscode';
import type { CommandDeps } from '../../commands';
import { STATUS_MS } from '../senses/sensesDocuments';

/** Takes back the last pick or withdrawal of this window. */
export async function undoCorrection({ corrections }: CommandDeps): Promise<void> {
  const message = (await corrections.undo())
    ? vscode.l10n.t('Correction taken back')
    : vscode.l10n.t('No correction was made since this window opened.');
  vscode.window.setStatusBarMessage(message, STATUS_MS);
}
