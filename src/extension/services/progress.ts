import * as vscode from 'vscode';

/** Hears how far work is, from 0 to 1. */
export type OnShare = (share: number) => void;

/**
 * Runs a long job under a notification with its share done and a button to cancel.
 * @param job `tell` takes the share done, 0 to 1; `signal` says that it was cancelled
 */
export async function withProgress<T>(
  title: string,
  job: (tell: OnShare, signal: AbortSignal) => Promise<T>,
  abort = new AbortController(),
): Promise<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const listening = token.onCancellationRequested(() => abort.abort());
      let told = 0;
      const tell = (share: number): void => {
        const percent = Math.floor(100 * share);
        if (percent === told) return;
        progress.report({ increment: percent - told, message: vscode.l10n.t('{0} %', percent) });
        told = percent;
      };
      try {
        return await job(tell, abort.signal);
      } finally {
        listening.dispose();
      }
    },
  );
}
