import { CancelledError, type Logger } from '../core';
import type { FromEncoder, Teaching, ToEncoder } from '../protocol/encoder';
import type { Port } from '../protocol/port';
import type { OpenDocument } from './documents';
import type { Engine } from './engine';
import { failureOf } from './failures';

/** How a host opens an engine, and what it does when the engine stops. */
export interface EngineHost<Settings> {
  /** @throws UserError, ArtifactError */
  readonly openEngine: (settings: Settings, logger: Logger) => Promise<Engine>;
  /** Called before the engine is disposed, which may have to wait for the batch that is being encoded. */
  readonly onStopping?: () => void;
}

/**
 * Runs an engine for the other end of a port, where `connect` was called: messages in, readings out. The engine is opened at the
 * first message, `start`; it is disposed, and the port closed, at `stop`, or when the other end has gone.
 */
export function serve<Settings>(
  port: Port<ToEncoder<Settings>, FromEncoder>,
  { openEngine, onStopping }: EngineHost<Settings>,
): void {
  let stopping = false;
  let engine: Promise<Engine> | undefined;
  const documents = new Map<number, Promise<OpenDocument>>();
  /** Readings and questions under way, by request id. */
  const underWay = new Map<number, AbortController>();
  /** Resolves when the newest teaching is learnt; documents opened or read after it wait for that. */
  let taught: Promise<void> = Promise.resolve();
  /** Reads are served one after another. */
  let queue: Promise<void> = Promise.resolve();

  const send = (message: FromEncoder): void => {
    if (!stopping) port.post(message);
  };
  const log =
    (level: keyof Logger) =>
    (message: string): void =>
      send({ type: 'log', level, message });
  const logger: Logger = { trace: log('trace'), info: log('info'), warn: log('warn'), error: log('error') };

  port.onMessage((message) => {
    switch (message.type) {
      case 'start':
        engine = openEngine(message.settings, logger);
        engine.then(
          () => send({ type: 'started' }),
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
      case 'choose':
      case 'view':
      case 'close':
        // Waits, in order, until the document is open. If it cannot be opened, `open` has sent the failure.
        void documents.get(message.id)?.then(
          (document) => apply(document, message),
          () => undefined,
        );
        break;
      case 'teach':
        taught = taught.then(() => teach(message.teaching));
        break;
      case 'ping':
        send({ type: 'pong' });
        break;
      case 'stop':
        void stop();
        break;
      default:
        message satisfies never;
    }
  });
  port.onClosed(() => void stop());

  function begin(id: number): AbortController {
    const controller = new AbortController();
    underWay.set(id, controller);
    return controller;
  }

  /** The engine, once it is open and has learnt the newest teaching. */
  async function readyEngine(problem: string): Promise<Engine> {
    if (!engine) throw new Error(problem);
    const ready = await engine;
    await taught;
    return ready;
  }

  /** If teaching fails, documents are read without it. */
  async function teach(teaching: Teaching): Promise<void> {
    try {
      // If the engine could not be opened, `start` has sent the failure.
      const ready = await engine?.catch(() => undefined);
      await ready?.teach(teaching);
    } catch (error) {
      logger.error(`Corrections cannot be learnt from: ${(error as Error).message}`);
    }
  }

  function open({ id, document }: Extract<ToEncoder<Settings>, { type: 'open' }>): void {
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
    message: Extract<ToEncoder<Settings>, { type: 'edit' | 'choose' | 'view' | 'close' }>,
  ): void {
    switch (message.type) {
      case 'edit':
        document.edit(message.edits);
        break;
      case 'choose':
        document.choose(message.chosen);
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
    { id, documents: ids, kind, question }: Extract<ToEncoder<Settings>, { type: 'ask' }>,
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

  async function read(
    { id, text, format, withTokens }: Extract<ToEncoder<Settings>, { type: 'read' }>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      if (signal.aborted) throw new CancelledError();
      const ready = await readyEngine('A read came before the start.');
      await ready.read(
        { text, format, withTokens },
        (batch) => send({ type: 'readings', id, batch }),
        signal,
      );
      send({ type: 'finished', id });
    } catch (error) {
      send({ type: 'failed', id, failure: failureOf(error) });
    } finally {
      underWay.delete(id);
    }
  }

  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    onStopping?.();
    for (const request of underWay.values()) request.abort();
    // An engine that was not opened, or failed, needs no disposing.
    await engine?.then((opened) => opened.dispose()).catch(() => undefined);
    port.close();
  }
}
