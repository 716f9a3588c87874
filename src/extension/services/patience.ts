import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { OnShare } from './progress';

/** What is done by then needs no notification, which would only flash. */
const PATIENCE_MS = 400;

/**
 * Runs work that may take long: after a moment a notification shows how far it is, and cancels it.
 * @param work gives `undefined` once its signal is aborted
 */
export async function withPatience<T>(
  title: string,
  work: (signal: AbortSignal, onShare: OnShare) => Promise<T>,
): Promise<T> {
  const cancelled = new AbortController();
  let share = 0;
  let tell: OnShare = () => undefined;
  const result = work(cancelled.signal, (now) => {
    share = now;
    tell(now);
  });
  const waited = new AbortController();
  const settled = result.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([settled, delay(PATIENCE_MS, false, { signal: waited.signal })]);
  if (inTime) {
    waited.abort();
    return await result;
  }
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await vscode.window.withProgress(options, async (progress, token) => {
    token.onCancellationRequested(() => cancelled.abort());
    let told = 0;
    tell = (now) => {
      progress.report({ increment: 100 * (now - told), message: `${Math.floor(100 * now)} %` });
      told = now;
    };
    tell(share);
    return await result;
  });
}
