import { CancelledError, type Encoder, type LayerRule } from '../../core';
import type { EncoderThreadData, FromEncoderThread, ToEncoderThread } from '../../protocol/encoderThread';
import type { Port } from '../../protocol/port';
import { startThread } from '../ports';
import { loadingError, openEncoderFolder } from './encoderFolder';
import type { LoadedEncoder } from './onnxEncoder';

/**
 * Pieces encoded in one call, padding included: two full windows, or more shorter ones. A call cannot be interrupted, so that
 * an urgent request may have to wait for it; larger calls would not be faster.
 */
const BATCH_PIECES = 256;

export interface ThreadedEncoderOptions {
  /** Number of threads; each loads the network and uses one core. */
  readonly threads: number;
  /** The bundle of `encoderThread.ts`. */
  readonly entry: string;
}

/** One call of `encode`: its windows, and the results so far. */
interface Request {
  readonly windows: readonly Int32Array[];
  readonly layer: LayerRule;
  readonly urgent: boolean;
  /** Indices of windows that no thread has got yet, the longest first, so that the last calls are short. */
  readonly waiting: number[];
  readonly results: Float32Array[];
  missing: number;
  readonly resolve: (matrices: Float32Array[]) => void;
  readonly reject: (error: Error) => void;
}

interface Batch {
  readonly request: Request;
  readonly windows: readonly number[];
}

interface Thread {
  readonly port: Port<FromEncoderThread, ToEncoderThread>;
  ready: boolean;
  batch: Batch | undefined;
  /** The reason why the thread cannot be used, if it said one. */
  error: Error | undefined;
}

/**
 * An encoder that runs in separate threads, so that this one stays free. The folder is checked at once; the threads load the
 * network at the first call of `encode`, even if that has no windows.
 * @throws UserError when a file is missing or damaged
 */
export async function createThreadedEncoder(
  folder: string,
  { threads: count, entry }: ThreadedEncoderOptions,
): Promise<LoadedEncoder> {
  const { info, weights, outputs, vocabulary, licence } = await openEncoderFolder(folder);
  const threads = new Set<Thread>();
  /** Urgent requests first, otherwise in the order in which they came. */
  const queue: Request[] = [];
  let disposed = false;

  function start(): void {
    const workerData: EncoderThreadData = { weights, dimensions: info.dimensions };
    const port = startThread<FromEncoderThread, ToEncoderThread>(entry, { workerData });
    const thread: Thread = { port, ready: false, batch: undefined, error: undefined };
    threads.add(thread);
    port.onMessage((message) => {
      switch (message.type) {
        case 'ready':
          thread.ready = true;
          break;
        case 'refused':
          thread.error = loadingError(weights, message.reason);
          break;
        case 'done':
          finish(thread.batch!, message.matrices);
          thread.batch = undefined;
          break;
        default:
          message satisfies never;
      }
      handOut();
    });
    port.onClosed((reason) => {
      threads.delete(thread);
      if (disposed) return;
      const error = thread.error ?? stopped(reason.message);
      if (thread.batch) fail(thread.batch.request, error);
      if (thread.ready) {
        if (queue.length > 0) startThreads();
      } else if (threads.size === 0) {
        // No thread could load the network, and a new one could not either: all waiting requests fail.
        for (const request of [...queue]) fail(request, error);
      }
    });
  }

  function startThreads(): void {
    while (threads.size < count) start();
  }

  function fail(request: Request, error: Error): void {
    const place = queue.indexOf(request);
    if (place >= 0) queue.splice(place, 1);
    request.waiting.length = 0;
    request.reject(error);
  }

  function finish({ request, windows }: Batch, matrices: readonly Float32Array[]): void {
    windows.forEach((i, row) => (request.results[i] = matrices[row]!));
    request.missing -= windows.length;
    if (request.missing > 0 || !queue.includes(request)) return;
    queue.splice(queue.indexOf(request), 1);
    request.resolve(request.results);
  }

  function handOut(): void {
    for (const thread of threads) {
      if (!thread.ready || thread.batch) continue;
      const request = queue.find(({ waiting }) => waiting.length > 0);
      if (!request) return;
      const windows = nextBatch(request);
      thread.batch = { request, windows };
      thread.port.post({
        type: 'run',
        windows: windows.map((i) => request.windows[i]!),
        output: outputs[request.layer],
      });
    }
  }

  const encoder: Encoder = {
    info,
    encode(windows, layer, signal, urgent = false) {
      if (disposed) return Promise.reject(new Error('The encoder is disposed.'));
      if (signal?.aborted) return Promise.reject(new CancelledError());
      startThreads();
      if (windows.length === 0) return Promise.resolve([]);
      let cancel = (): void => undefined;
      const encoded = new Promise<Float32Array[]>((resolve, reject) => {
        const request: Request = {
          windows,
          layer,
          urgent,
          waiting: windows.map((_, i) => i).sort((a, b) => windows[b]!.length - windows[a]!.length),
          results: new Array<Float32Array>(windows.length),
          missing: windows.length,
          resolve,
          reject,
        };
        const place = urgent ? queue.findIndex((other) => !other.urgent) : -1;
        queue.splice(place < 0 ? queue.length : place, 0, request);
        cancel = () => fail(request, new CancelledError());
        handOut();
      });
      signal?.addEventListener('abort', cancel);
      return encoded.finally(() => signal?.removeEventListener('abort', cancel));
    },
    async dispose() {
      disposed = true;
      for (const request of [...queue]) fail(request, new CancelledError());
      await Promise.all([...threads].map(end));
    },
  };
  return { encoder, vocabulary, licence };
}

/** Takes windows of similar length for one call. */
function nextBatch({ windows, waiting }: Request): number[] {
  const longest = windows[waiting[0]!]!.length;
  const room = Math.max(1, Math.floor(BATCH_PIECES / longest));
  return waiting.splice(0, room);
}

function stopped(reason: string): Error {
  return new Error(`A thread of the encoder stopped (${reason}); it is started again.`);
}

/** Ends a thread after its current call; resolves when it has ended. */
function end({ port }: Thread): Promise<void> {
  return new Promise((resolve) => {
    port.onClosed(() => resolve());
    port.post({ type: 'end' });
  });
}
