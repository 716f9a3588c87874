import { fork } from 'node:child_process';
import { CancelledError } from '../../core';
import type {
  DescribedEncoder,
  FromIndexProcess,
  IndexBuildStep,
  IndexProcessSettings,
  ToIndexProcess,
} from '../../protocol/indexBuild';
import { cleanEnvironment } from '../process';
import { errorOf } from '../../engine';

/** How long a cancelled process may take to write its checkpoint; a chunk of a large encoder takes a while. */
const STOP_MS = 10_000;

export interface IndexProcessOptions {
  /** The bundle of `indexProcess.ts`. */
  readonly entry: string;
  readonly settings: IndexProcessSettings;
  readonly onProgress?: (step: IndexBuildStep) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Loads an encoder in a process of its own and, if asked, builds its sense vectors there. A build that was cancelled
 * or killed goes on from its last checkpoint when asked for again.
 * @throws UserError, CancelledError
 */
export function runIndexProcess(options: IndexProcessOptions): Promise<DescribedEncoder> {
  const { entry, settings, onProgress, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new CancelledError());
      return;
    }
    const child = fork(entry, [], { serialization: 'advanced', execArgv: [], env: cleanEnvironment() });
    const post = (message: ToIndexProcess): void => {
      // A process that has just died is reported by its `exit` event, not here.
      if (child.connected) child.send(message, () => undefined);
    };
    let killing: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      post({ type: 'cancel' });
      killing = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    const end = (): void => {
      clearTimeout(killing);
      signal?.removeEventListener('abort', cancel);
    };
    child.on('message', (message: FromIndexProcess) => {
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
    child.on('error', (error) => {
      end();
      reject(new Error(`The index process cannot be started: ${error.message}`));
    });
    // After an answer this settles nothing.
    child.on('exit', (code, killed) => {
      end();
      reject(
        signal?.aborted
          ? new CancelledError()
          : new Error(`The index process ended early (${killed ?? `code ${String(code)}`}).`),
      );
    });
    post({ type: 'start', settings });
  });
}
