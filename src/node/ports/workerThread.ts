import { parentPort, Worker, type WorkerOptions } from 'node:worker_threads';
import type { Port } from '../../protocol/port';

/** Starts a thread. It does not inherit Node's options, such as those of a debugger or a test runner. */
export function startThread<In, Out>(
  entry: string,
  options: Pick<WorkerOptions, 'workerData' | 'transferList'>,
): Port<In, Out> {
  const worker = new Worker(entry, { ...options, execArgv: [] });
  let error: Error | undefined;
  worker.on('error', (thrown: Error) => (error = thrown));
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (listener) => void worker.on('message', listener),
    onClosed: (listener) => void worker.on('exit', (code) => listener(error ?? new Error(`code ${code}`))),
    close: () => void worker.terminate(),
  };
}

/** The line to the thread that started this one. This thread can end once the line is closed. */
export function startedThreadPort<In, Out>(): Port<In, Out> {
  const port = parentPort!;
  return {
    post: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage: (listener) => void port.on('message', listener),
    onClosed: (listener) => void port.on('close', () => listener(new Error('The port is closed.'))),
    close: () => port.close(),
  };
}
