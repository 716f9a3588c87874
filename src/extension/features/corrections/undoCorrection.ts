import * as vscode from 'vscode';
import { tellBriefly } from '../../services/notices';
import type { Corrections } from './corrections';

/** Takes back the last pick or withdrawal of this window. */
export async function undoCorrection(corrections: Corrections): Promise<void> {
  const message = (await corrections.undo())
    ? vscode.l10n.t('Correction taken back')
    : vscode.l10n.t('No correction was made since this window opened.');
  tellBriefly(message);
}
