import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError, type Logger } from '../../core';
import { connect, type Engine, UserError } from '../../engine';
import type { FromEncoder, Teaching, ToEncoder } from '../../protocol/encoder';
import { childPort, forkProcess } from '../ports';
import type { EncoderProcessSettings } from './settings';

/** The process is started again at most this often within the time below: a broken one must not spin. */
const MOST_RESTARTS = 3;
const RESTART_WINDOW_MS = 60_000;
/** How long a process may take to end after being told; it may be in the middle of a batch. */
const STOP_MS = 2_000;
/** Young objects get little room, which takes a tenth off the process's memory and nothing noticeable off its speed. */
const FRUGAL = ['--max-semi-space-size=4'];

export interface ForkedEngineOptions {
  /** Called when the process has loaded encoder and sense vectors. */
  readonly onStarted?: () => void;
  /** The bundle of `encoderProcess.ts`. */
  readonly entry: string;
  readonly settings: EncoderProcessSettings;
  readonly logger: Logger;
}

/** The process went away; what it was doing can be asked for again, which starts another. */
export class EncoderEndedError extends Error {
  override readonly name = 'EncoderEndedError';
  constructor() {
    super('The encoder process ended while reading; it is started again at the next reading.');
  }
}

/** An engine with the id of its process, for those who measure or watch it. */
export interface ForkedEngine extends Engine {
  /** `undefined` while no process runs. */
  readonly pid: number | undefined;
  /** Starts the process now, and not at the first use, as that alone takes some 10 ms of the caller's thread. */
  start(): void;
}

/** A process and the engine in it. */
interface Running {
  readonly child: ChildProcess;
  readonly engine: Engine;
}

/**
 * An engine in a process of its own, forked on first use and again after a crash. A child process, not a
 * worker thread: ending a busy onnxruntime thread aborts the whole host (measured).
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
  /** Told to every process that is started. */
  let taught: Teaching | undefined;

  function start(): Running {
    const now = Date.now();
    starts = [...starts.filter((time) => now - time < RESTART_WINDOW_MS), now];
    if (starts.length > MOST_RESTARTS + 1) {
      throw new UserError(
        'The encoder process keeps stopping.',
        'Free some memory or look at the log, then try again in a minute.',
      );
    }
    const child = forkProcess(entry, FRUGAL);
    // Before those who wait are told of its end, as they may ask again at once.
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
      // Ctrl-C in a terminal reaches it too, maybe before it can listen.
      return end.signal === 'SIGINT' ? new CancelledError() : new EncoderEndedError();
    });
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
      // No process is started for it.
      if (signal?.aborted) throw new CancelledError();
      await running().engine.read(document, onBatch, signal);
    },
    async ask(documents, kind, question, signal) {
      // Documents are open in a process that runs.
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
