import { CancelledError } from '../../core';
import type {
  DescribedEncoder,
  FromIndexProcess,
  IndexBuildStep,
  IndexProcessSettings,
  ToIndexProcess,
} from '../../protocol/indexBuild';
import { childPort, forkProcess } from '../ports';
import { errorOf } from '../../engine';

/** How long a cancelled process may take to end: it encodes a chunk to its end and writes a checkpoint. */
const STOP_MS = 10_000;

export interface IndexProcessOptions {
  /** The bundle of `indexProcess.ts`. */
  readonly entry: string;
  readonly settings: IndexProcessSettings;
  readonly onProgress?: (step: IndexBuildStep) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Loads an encoder in a separate process and, if `settings` say so, builds its sense vectors there. A build that was cancelled
 * or killed continues from its last checkpoint when it is started again.
 * @throws UserError, CancelledError
 */
export function runIndexProcess(options: IndexProcessOptions): Promise<DescribedEncoder> {
  const { entry, settings, onProgress, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new CancelledError());
      return;
    }
    const child = forkProcess(entry);
    const port = childPort<FromIndexProcess, ToIndexProcess>(child, (end) => {
      if ('neverRan' in end) return new Error(`The index process cannot be started: ${end.neverRan.message}`);
      if (signal?.aborted) return new CancelledError();
      return new Error(`The index process ended early (${end.signal ?? `code ${String(end.code)}`}).`);
    });
    let killing: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      port.post({ type: 'cancel' });
      killing = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    port.onMessage((message) => {
      switch (message.type) {
        case 'progress':
          onProgress?.(message.step);
          break;
        case 'finished':
          resolve(message.encoder);
          break;
        case 'failed':
          reject(errorOf(message.failure));
          break;
        default:
          message satisfies never;
      }
    });
    port.onClosed((reason) => {
      clearTimeout(killing);
      signal?.removeEventListener('abort', cancel);
      // If the process has answered, the promise is settled already and this has no effect.
      reject(reason);
    });
    port.post({ type: 'start', settings });
  });
}
