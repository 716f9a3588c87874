import * as vscode from 'vscode';
import { clearVectorCache, UserError } from '../../runtime/host';
import type { Scheduler } from '../scheduler';

/** Removes the vectors of all that was read. What is open is read again, and kept again. */
export async function clearCache(scheduler: Scheduler, folder: string): Promise<void> {
  try {
    await scheduler.restart(() => clearVectorCache(folder));
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Cached vectors were removed. Open documents are read again.'),
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    void vscode.window.showErrorMessage(error.message);
  }
}
