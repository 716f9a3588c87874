import * as vscode from 'vscode';
import { tellBriefly } from '../../services/notices';
import { placeOf } from '../../services/place';
import type { Corrections } from './corrections';

/**
 * Withdraws what was picked for a word, which then has its predicted sense again.
 * @param args `[document, offset]` from a link of the hover card; else the word at the cursor is meant
 */
export async function withdrawCorrection(corrections: Corrections, args: readonly unknown[]): Promise<void> {
  const place = placeOf(args);
  if (!place) return;
  const { document, offset } = place;
  const found = corrections.at(document, { start: offset - 1, end: offset + 1 });
  if (!found) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No sense was picked for the word here.'));
    return;
  }
  await corrections.withdraw(corrections.fileOf(document), found.correction.id);
  tellBriefly(vscode.l10n.t('Correction withdrawn'));
}
