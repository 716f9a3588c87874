import { Disposable } from 'vscode';

/** Calls a listener once when a signal is aborted; at once, if it is already. */
export function onAbort(signal: AbortSignal, listener: () => void): Disposable {
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
  return new Disposable(() => signal.removeEventListener('abort', listener));
}
