import { type ChildProcess, fork } from 'node:child_process';
import type { Port } from '../../protocol/port';
import { cleanEnvironment } from './cleanEnvironment';

/** A process of ours. Options of this process are not handed on: a debugger's or a test runner's are not meant for it. */
export function forkProcess(entry: string, execArgv: readonly string[] = []): ChildProcess {
  return fork(entry, [], {
    serialization: 'advanced',
    execArgv: [...execArgv],
    env: cleanEnvironment(),
  });
}

/** How a process ended, or why it never ran. */
export type ProcessEnd =
  { readonly neverRan: Error } | { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/**
 * The line to a forked process; closed when that has ended. Closing it tells the process to end.
 * @param reasonOf what those who wait for an answer are told
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
        // It will not exit then.
        if (child.pid === undefined) listener(reasonOf({ neverRan: error }));
      });
      child.on('exit', (code, signal) => listener(reasonOf({ code, signal })));
    },
    close() {
      if (child.connected) child.disconnect();
    },
  };
}

/** The line to the process that forked this one; closed when that has gone. Closing it ends this process. */
export function parentProcessPort<In, Out>(): Port<In, Out> {
  return {
    post(message) {
      // The parent may be gone between two messages, or go while this is sent: without a callback that would be an error
      // nobody hears.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void process.on('message', (message) => listener(message as In)),
    onClosed: (listener) =>
      void process.on('disconnect', () => listener(new Error('The parent process ended.'))),
    close: () => process.exit(0),
  };
}
