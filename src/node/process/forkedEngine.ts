import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { CancelledError, type Logger } from '../../core';
import type {
  EncoderProcessSettings,
  FromEncoder,
  ReadingBatch,
  Teaching,
  ToEncoder,
} from '../../protocol/encoder';
import { cleanEnvironment } from './cleanEnvironment';
import type { Answers, QuestionKind } from '../../protocol/questions';
import type { DocumentListener, OpenDocument } from '../../engine';
import { errorOf } from '../../engine';
import type { Engine } from '../../engine';
import { UserError } from '../../engine';

/** The process is started again at most this often within the time below: a broken one must not spin. */
const MOST_RESTARTS = 3;
const RESTART_WINDOW_MS = 60_000;
/** How long a process may take to end after being told; it may be in the middle of a batch. */
const STOP_MS = 2_000;
/**
 * Young objects get little room, which takes a tenth off the process's memory and nothing noticeable off its speed. Options of
 * this process are not handed on: a debugger's or a test runner's are not meant for it.
 */
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

interface Pending {
  readonly onBatch: (batch: ReadingBatch) => void;
  /** With the answer, where a question was asked. */
  readonly resolve: (answer?: Answers[QuestionKind]) => void;
  readonly reject: (error: Error) => void;
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
  const pending = new Map<number, Pending>();
  const documents = new Map<number, DocumentListener>();
  const ids = new WeakMap<OpenDocument, number>();
  let child: ChildProcess | undefined;
  let lastId = 0;
  let starts: number[] = [];
  let disposed = false;
  /** Told to every process that is started. */
  let taught: Teaching | undefined;

  function settle(id: number, act: (entry: Pending) => void): void {
    const entry = pending.get(id);
    if (pending.delete(id)) act(entry!);
  }

  function rejectAll(error: Error): void {
    for (const id of [...pending.keys()]) settle(id, ({ reject }) => reject(error));
    const listeners = [...documents.values()];
    documents.clear();
    for (const listener of listeners) listener.onFailed(error);
  }

  function receive(message: FromEncoder): void {
    switch (message.type) {
      case 'started':
        logger.info('The encoder process is ready.');
        onStarted?.();
        break;
      case 'log':
        logger[message.level](message.message);
        break;
      case 'readings':
        pending.get(message.id)?.onBatch(message.batch);
        break;
      case 'finished':
        settle(message.id, ({ resolve }) => resolve());
        break;
      case 'answered':
        settle(message.id, ({ resolve }) => resolve(message.answer));
        break;
      case 'failed': {
        const error = errorOf(message.failure);
        if (message.id === undefined) rejectAll(error);
        else settle(message.id, ({ reject }) => reject(error));
        break;
      }
      case 'documentReadings':
        documents.get(message.id)?.onReadings(message.readings);
        break;
      case 'documentFailed': {
        const listener = documents.get(message.id);
        if (documents.delete(message.id)) listener!.onFailed(errorOf(message.failure));
        break;
      }
      default:
        message satisfies never;
    }
  }

  function start(): ChildProcess {
    const now = Date.now();
    starts = [...starts.filter((time) => now - time < RESTART_WINDOW_MS), now];
    if (starts.length > MOST_RESTARTS + 1) {
      throw new UserError(
        'The encoder process keeps stopping.',
        'Free some memory or look at the log, then try again in a minute.',
      );
    }
    const started = fork(entry, [], {
      serialization: 'advanced',
      execArgv: FRUGAL,
      env: cleanEnvironment(),
    });
    started.on('message', (message) => receive(message as FromEncoder));
    started.on('error', (error) => {
      logger.error(`The encoder process failed: ${error.message}`);
      if (started.pid !== undefined) return;
      // It never ran, so it will not exit.
      if (child === started) child = undefined;
      rejectAll(new Error(`The encoder process cannot be started: ${error.message}`));
    });
    started.on('exit', (code, signal) => {
      if (child === started) child = undefined;
      if (disposed) return;
      logger.warn(`The encoder process ended (${signal ?? `code ${String(code)}`}).`);
      rejectAll(
        // Ctrl-C in a terminal reaches it too, maybe before it can listen.
        signal === 'SIGINT' ? new CancelledError() : new EncoderEndedError(),
      );
    });
    post(started, { type: 'start', settings });
    if (taught) post(started, { type: 'teach', teaching: taught });
    return started;
  }

  /** Sends a message that is answered once, and may be cancelled. */
  async function request(
    message: (id: number) => ToEncoder,
    onBatch: (batch: ReadingBatch) => void,
    signal: AbortSignal | undefined,
  ): Promise<Answers[QuestionKind] | undefined> {
    if (disposed) throw new Error('The engine is disposed.');
    if (signal?.aborted) throw new CancelledError();
    child ??= start();
    const target = child;
    const id = ++lastId;
    const done = new Promise<Answers[QuestionKind] | undefined>((resolve, reject) =>
      pending.set(id, { onBatch, resolve, reject }),
    );
    post(target, message(id));
    const cancel = (): void => post(target, { type: 'cancel', id });
    signal?.addEventListener('abort', cancel);
    try {
      return await done;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  return {
    get pid() {
      return child?.pid;
    },
    start() {
      child ??= start();
    },
    open(document, listener) {
      if (disposed) throw new Error('The engine is disposed.');
      child ??= start();
      const target = child;
      const id = ++lastId;
      documents.set(id, listener);
      post(target, { type: 'open', id, document });
      // After the process has ended, nobody is there to hear.
      const postIfOpen = (message: ToEncoder): void => {
        if (documents.has(id)) post(target, message);
      };
      const handle: OpenDocument = {
        edit: (edits) => postIfOpen({ type: 'edit', id, edits }),
        view: (spans) => postIfOpen({ type: 'view', id, spans }),
        close() {
          postIfOpen({ type: 'close', id });
          documents.delete(id);
        },
      };
      ids.set(handle, id);
      return handle;
    },
    async read({ text, format }, onBatch, signal) {
      await request((id) => ({ type: 'read', id, text, format }), onBatch, signal);
    },
    async ask(asked, kind, question, signal) {
      const own = asked.map((document) => ids.get(document)!);
      // Closed, or opened in a process that has ended.
      if (!own.every((id) => documents.has(id))) throw new CancelledError();
      const message = (id: number): ToEncoder =>
        ({ type: 'ask', id, documents: own, kind, question }) as ToEncoder;
      const answer = await request(message, () => undefined, signal);
      return answer as Answers[typeof kind];
    },
    teach(teaching) {
      taught = teaching;
      if (child) post(child, { type: 'teach', teaching });
      return Promise.resolve();
    },
    async dispose() {
      disposed = true;
      const stopping = child;
      child = undefined;
      rejectAll(new CancelledError());
      if (stopping?.exitCode !== null || stopping.signalCode !== null) return;
      const ended = once(stopping, 'exit');
      post(stopping, { type: 'stop' });
      const timely = await Promise.race([ended.then(() => true), delay(STOP_MS, false, { ref: false })]);
      if (!timely) stopping.kill('SIGKILL');
      await ended;
    },
  };
}

function post(child: ChildProcess, message: ToEncoder): void {
  // A process that has just died is reported by its `exit` event, not here.
  if (child.connected) child.send(message, () => undefined);
}
