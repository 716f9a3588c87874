import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError, type Logger } from '../../core';
import { connect, type Engine, UserError } from '../../engine';
import type { FromEncoder, Teaching, ToEncoder } from '../../protocol/encoder';
import { childPort, forkProcess } from '../ports';
import type { EncoderProcessSettings } from './settings';
import { processorTimeOf, watchSilence } from './silence';

/** The process is started again at most so often within RESTART_WINDOW_MS, so that a broken one is not started for ever. */
const MOST_RESTARTS = 3;
const RESTART_WINDOW_MS = 60_000;
/** How long a process may take to end after `stop`: it may be in the middle of a batch. */
const STOP_MS = 2_000;
/** Limits the room for young objects, which saves a tenth of the process's memory and costs no noticeable time. */
const FRUGAL = ['--max-semi-space-size=4'];

export interface ForkedEngineOptions {
  /** Called when the process has loaded encoder and sense vectors. */
  readonly onStarted?: () => void;
  /** The bundle of `encoderProcess.ts`. */
  readonly entry: string;
  readonly settings: EncoderProcessSettings;
  readonly logger: Logger;
}

/** The process ended unexpectedly. Its requests can be made again, which starts a new process. */
export class EncoderEndedError extends Error {
  override readonly name = 'EncoderEndedError';
  constructor() {
    super('The encoder process ended while reading; it is started again at the next reading.');
  }
}

/** The process is not started again for now, as it ended too often. */
export class EncoderKeepsEndingError extends UserError {
  constructor(
    /** After this time it may be started as often again as if it had never ended. */
    readonly retryInMs: number,
  ) {
    super(
      'The encoder process keeps stopping.',
      'Free some memory or look at the log, then try again in a minute.',
    );
  }
}

/** An engine in a process, with the process's id for measuring and watching it. */
export interface ForkedEngine extends Engine {
  /** `undefined` while no process runs. */
  readonly pid: number | undefined;
  /** Starts the process before its first use, as starting takes some 10 ms of the caller's thread. */
  start(): void;
}

/** A process, and the engine at the other end of its port. */
interface Running {
  readonly child: ChildProcess;
  readonly engine: Engine;
}

/**
 * An engine in a separate process, which is forked at the first use, and again after a crash; a process that hangs is killed, which
 * is a crash too. It is not a worker thread, since ending a busy onnxruntime thread aborts the whole host (measured).
 */
export function createForkedEngine({
  entry,
  settings,
  logger,
  onStarted,
}: ForkedEngineOptions): ForkedEngine {
  let current: Running | undefined;
  let starts: number[] = [];
  let disposed = false;
  /** The newest teaching, which every process gets when it is started. */
  let taught: Teaching | undefined;

  function start(): Running {
    // Not the time of day, which may be set back.
    const now = performance.now();
    starts = starts.filter((time) => now - time < RESTART_WINDOW_MS);
    if (starts.length > MOST_RESTARTS)
      throw new EncoderKeepsEndingError(starts.at(-1)! + RESTART_WINDOW_MS - now);
    starts = [...starts, now];
    const child = forkProcess(entry, FRUGAL);
    // Called before requests fail because of the process's end, as callers may repeat them at once.
    const forget = (): void => {
      if (current?.child === child) current = undefined;
    };
    child.on('error', (error) => {
      logger.error(`The encoder process failed: ${error.message}`);
      if (child.pid === undefined) forget();
    });
    child.on('exit', (code, signal) => {
      forget();
      if (!disposed) logger.warn(`The encoder process ended (${signal ?? `code ${String(code)}`}).`);
    });
    const port = childPort<FromEncoder, ToEncoder<EncoderProcessSettings>>(child, (end) => {
      if ('neverRan' in end)
        return new Error(`The encoder process cannot be started: ${end.neverRan.message}`);
      // Ctrl-C in a terminal also reaches the process, maybe before it ignores it.
      return end.signal === 'SIGINT' ? new CancelledError() : new EncoderEndedError();
    });
    const watch = watchSilence({
      ask: () => port.post({ type: 'ping' }),
      processorTime: () => processorTimeOf(child.pid),
      onHung() {
        logger.error('The encoder process answers no more and is ended.');
        // A process that is stopped ends at no other signal.
        child.kill('SIGKILL');
      },
    });
    port.onMessage(() => watch.heard());
    port.onClosed(() => watch.stop());
    const engine = connect(port, {
      settings,
      logger,
      onStarted() {
        logger.info('The encoder process is ready.');
        onStarted?.();
      },
    });
    if (taught) void engine.teach(taught);
    return { child, engine };
  }

  function running(): Running {
    if (disposed) throw new Error('The engine is disposed.');
    return (current ??= start());
  }

  return {
    get pid() {
      return current?.child.pid;
    },
    start: () => void running(),
    open: (document, listener) => running().engine.open(document, listener),
    async read(document, onBatch, signal) {
      // A reading that is cancelled already must not start a process.
      if (signal?.aborted) throw new CancelledError();
      await running().engine.read(document, onBatch, signal);
    },
    async ask(documents, kind, question, signal) {
      // Without a running process no document is open.
      if (!current) throw new CancelledError();
      return current.engine.ask(documents, kind, question, signal);
    },
    async teach(teaching) {
      taught = teaching;
      await current?.engine.teach(teaching);
    },
    async dispose() {
      disposed = true;
      if (!current) return;
      const { child, engine } = current;
      current = undefined;
      const ended = engine.dispose();
      const timely = await Promise.race([ended.then(() => true), delay(STOP_MS, false, { ref: false })]);
      if (!timely) child.kill('SIGKILL');
      await ended;
    },
  };
}
