import * as vscode from 'vscode';
import { clearVectorCache } from '../../../node/cache';
import type { Scheduler } from '../../services/scheduler';

/**
 * Removes the vectors of all that was read. What is open is read again, and kept again.
 * @throws UserError when they cannot be removed
 */
export async function clearCache(scheduler: Scheduler, folder: string): Promise<void> {
  await scheduler.restart(() => clearVectorCache(folder));
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Cached vectors were removed. Open documents are read again.'),
  );
}
