import { type ChildProcess, fork } from 'node:child_process';
import type { Port } from '../../protocol/port';
import { cleanEnvironment } from './cleanEnvironment';

/** Forks a process of Glossight's. It does not inherit Node's options, such as those of a debugger or a test runner. */
export function forkProcess(entry: string, execArgv: readonly string[] = []): ChildProcess {
  return fork(entry, [], {
    serialization: 'advanced',
    execArgv: [...execArgv],
    env: cleanEnvironment(),
  });
}

/** How a process ended, or why it could not be started. */
export type ProcessEnd =
  { readonly neverRan: Error } | { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/**
 * The line to a forked process. It is closed when the process has ended; closing it makes the process end.
 * @param reasonOf makes the error that `onClosed` reports from how the process ended
 */
export function childPort<In, Out>(child: ChildProcess, reasonOf: (end: ProcessEnd) => Error): Port<In, Out> {
  return {
    post(message) {
      // A process that has just died is reported by its `exit` event, not here.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as In)),
    onClosed(listener) {
      child.on('error', (error) => {
        // A process without a pid was never started, so there will be no `exit` event.
        if (child.pid === undefined) listener(reasonOf({ neverRan: error }));
      });
      child.on('exit', (code, signal) => listener(reasonOf({ code, signal })));
    },
    close() {
      if (child.connected) child.disconnect();
    },
  };
}

/** The line to the process that forked this one. It is closed when that process has gone; closing it ends this process. */
export function parentProcessPort<In, Out>(): Port<In, Out> {
  return {
    post(message) {
      // The parent may go between two messages, or while one is sent. Without a callback that would be an uncaught error.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void process.on('message', (message) => listener(message as In)),
    onClosed: (listener) =>
      void process.on('disconnect', () => listener(new Error('The parent process ended.'))),
    close: () => process.exit(0),
  };
}
