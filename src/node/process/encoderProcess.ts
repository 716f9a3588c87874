/** Entry of the forked process: messages in, readings out. It ends when told to, or when its parent goes. */
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { CancelledError, type Logger } from '../../core';
import type { FromEncoder, Teaching, ToEncoder } from '../../protocol/encoder';
import type { OpenDocument } from '../../engine';
import { failureOf } from '../../engine';
import { graphInThread } from './graphInThread';
import { loadEncoder } from '../encoder';
import type { Engine } from '../../engine';
import { openEngine } from './openEngine';
import { createThreadedEncoder } from '../encoder';

/** How long the threads may take to end. */
const STOP_MS = 1_000;

/**
 * Left to itself the heap grows far beyond what is in use. Not before the start is over, which would take half as long again
 * with it.
 */
const FRUGAL = '--heap-growing-percent=10';

let stopping = false;

const send = (message: FromEncoder): void => {
  // The parent may be gone between two batches; `disconnect` then ends this process.
  // So it may be while this is sent: without a callback that would be an error nobody hears.
  if (process.connected && !stopping) process.send?.(message, undefined, undefined, () => undefined);
};

const log =
  (level: keyof Logger) =>
  (message: string): void =>
    send({ type: 'log', level, message });
const logger: Logger = { trace: log('trace'), info: log('info'), warn: log('warn'), error: log('error') };

/** What is being read or answered, by its id. */
const underWay = new Map<number, AbortController>();
let engine: Promise<Engine> | undefined;
const documents = new Map<number, Promise<OpenDocument>>();
/** What was taught last is known; what is opened or read after it waits for that. */
let taught: Promise<void> = Promise.resolve();
/** Reads are served one after another. */
let queue: Promise<void> = Promise.resolve();

process.on('message', (message: ToEncoder) => {
  switch (message.type) {
    case 'start':
      engine = openEngine(message.settings, logger, {
        openEncoder: (folder, layer) =>
          loadEncoder(folder, layer, (own) =>
            createThreadedEncoder(own, {
              threads: message.settings.threads,
              entry: path.join(__dirname, 'encoder-thread.js'),
            }),
          ),
        drawGraph: graphInThread(path.join(__dirname, 'graph-thread.js')),
      });
      engine.then(
        () => {
          setFlagsFromString(FRUGAL);
          send({ type: 'started' });
        },
        (error: unknown) => send({ type: 'failed', id: undefined, failure: failureOf(error) }),
      );
      break;
    case 'read': {
      const { signal } = begin(message.id);
      queue = queue.then(() => read(message, signal));
      break;
    }
    case 'ask':
      void ask(message, begin(message.id).signal);
      break;
    case 'cancel':
      underWay.get(message.id)?.abort();
      break;
    case 'open':
      open(message);
      break;
    case 'edit':
    case 'view':
    case 'close':
      // What comes before the document is open waits for it, in order; that it cannot be opened has been said.
      void documents.get(message.id)?.then(
        (document) => apply(document, message),
        () => undefined,
      );
      break;
    case 'teach':
      taught = taught.then(() => teach(message.teaching));
      break;
    case 'stop':
      void stop();
      break;
    default:
      message satisfies never;
  }
});
process.on('disconnect', () => void stop());
// Ctrl-C in a terminal reaches this process too; whether to stop is for the parent to say.
process.on('SIGINT', () => undefined);

function begin(id: number): AbortController {
  const controller = new AbortController();
  underWay.set(id, controller);
  return controller;
}

/** The engine, once it is there and knows what was taught. */
async function readyEngine(problem: string): Promise<Engine> {
  if (!engine) throw new Error(problem);
  const ready = await engine;
  await taught;
  return ready;
}

/** A failure costs what was to be learnt and nothing else: documents are read without it. */
async function teach(teaching: Teaching): Promise<void> {
  try {
    // Why there is no engine has been said.
    const ready = await engine?.catch(() => undefined);
    await ready?.teach(teaching);
  } catch (error) {
    logger.error(`Corrections cannot be learnt from: ${(error as Error).message}`);
  }
}

function open({ id, document }: Extract<ToEncoder, { type: 'open' }>): void {
  const fail = (error: unknown): void => {
    documents.delete(id);
    send({ type: 'documentFailed', id, failure: failureOf(error) });
  };
  const opening = readyEngine('A document was opened before the start.').then((ready) =>
    ready.open(document, {
      onReadings: (readings) => send({ type: 'documentReadings', id, readings }),
      onFailed: fail,
    }),
  );
  documents.set(id, opening);
  opening.catch(fail);
}

function apply(
  document: OpenDocument,
  message: Extract<ToEncoder, { type: 'edit' | 'view' | 'close' }>,
): void {
  switch (message.type) {
    case 'edit':
      document.edit(message.edits);
      break;
    case 'view':
      document.view(message.spans);
      break;
    case 'close':
      documents.delete(message.id);
      document.close();
      break;
    default:
      message satisfies never;
  }
}

async function ask(
  { id, documents: ids, kind, question }: Extract<ToEncoder, { type: 'ask' }>,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (!engine) throw new Error('A question came before the start.');
    const opening = ids.flatMap((document) => documents.get(document) ?? []);
    if (opening.length < ids.length) throw new CancelledError();
    const answer = await (await engine).ask(await Promise.all(opening), kind, question, signal);
    send({ type: 'answered', id, answer });
  } catch (error) {
    send({ type: 'failed', id, failure: failureOf(error) });
  } finally {
    underWay.delete(id);
  }
}

/** Threads end by themselves first: to exit while one is inside onnxruntime would abort the process. */
async function stop(): Promise<void> {
  stopping = true;
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_MS);
  // An engine that was never there, or failed, has no threads.
  await engine?.then((own) => own.dispose()).catch(() => undefined);
  process.exit(0);
}

async function read(
  { id, text, format }: Extract<ToEncoder, { type: 'read' }>,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (signal.aborted) throw new CancelledError();
    const ready = await readyEngine('A read came before the start.');
    await ready.read({ text, format }, (batch) => send({ type: 'readings', id, batch }), signal);
    send({ type: 'finished', id });
  } catch (error) {
    send({ type: 'failed', id, failure: failureOf(error) });
  } finally {
    underWay.delete(id);
  }
}
