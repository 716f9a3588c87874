import { CancelledError, type Logger } from '../core';
import type { FromEncoder, ReadingBatch, ToEncoder } from '../protocol/encoder';
import type { Port } from '../protocol/port';
import type { Answers, QuestionKind } from '../protocol/questions';
import type { DocumentListener, OpenDocument } from './documents';
import type { Engine } from './engine';
import { errorOf } from './failures';

export interface ConnectOptions<Settings> {
  /** What the engine at the other end is opened with. */
  readonly settings: Settings;
  /** Gets the messages that the other end logs. */
  readonly logger: Logger;
  /** Called when the other end has opened encoder and sense vectors. */
  readonly onStarted?: (() => void) | undefined;
}

interface Pending {
  readonly onBatch: (batch: ReadingBatch) => void;
  /** Called with the answer to a question, and with nothing at the end of a reading. */
  readonly resolve: (answer?: Answers[QuestionKind]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The engine at the other end of a port, where `serve` runs. When the port is closed, all requests under way fail with the reason
 * why it was closed, and so do later ones.
 */
export function connect<Settings>(
  port: Port<FromEncoder, ToEncoder<Settings>>,
  { settings, logger, onStarted }: ConnectOptions<Settings>,
): Engine {
  const pending = new Map<number, Pending>();
  const documents = new Map<number, DocumentListener>();
  const ids = new WeakMap<OpenDocument, number>();
  let lastId = 0;
  /** Why the engine cannot be used any more; `undefined` while it can. */
  let over: Error | undefined;

  const closed = new Promise<void>((resolve) =>
    port.onClosed((reason) => {
      over ??= reason;
      failAll(reason);
      resolve();
    }),
  );
  port.onMessage(receive);
  port.post({ type: 'start', settings });

  function settle(id: number, act: (entry: Pending) => void): void {
    const entry = pending.get(id);
    if (pending.delete(id)) act(entry!);
  }

  function failAll(error: Error): void {
    for (const id of [...pending.keys()]) settle(id, ({ reject }) => reject(error));
    const listeners = [...documents.values()];
    documents.clear();
    for (const listener of listeners) listener.onFailed(error);
  }

  function receive(message: FromEncoder): void {
    switch (message.type) {
      case 'started':
        onStarted?.();
        break;
      case 'pong':
        // For whoever watches the port.
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
        if (message.id === undefined) failAll(error);
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

  /** Posts a message that is answered once, and may be cancelled. */
  async function request(
    message: (id: number) => ToEncoder<Settings>,
    onBatch: (batch: ReadingBatch) => void,
    signal: AbortSignal | undefined,
  ): Promise<Answers[QuestionKind] | undefined> {
    if (over) throw over;
    if (signal?.aborted) throw new CancelledError();
    const id = ++lastId;
    const done = new Promise<Answers[QuestionKind] | undefined>((resolve, reject) =>
      pending.set(id, { onBatch, resolve, reject }),
    );
    port.post(message(id));
    const cancel = (): void => port.post({ type: 'cancel', id });
    signal?.addEventListener('abort', cancel);
    try {
      return await done;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  return {
    open(document, listener) {
      if (over) throw over;
      const id = ++lastId;
      documents.set(id, listener);
      port.post({ type: 'open', id, document });
      // A document that failed or was closed is gone at the other end, so nothing is posted to it.
      const postIfOpen = (message: ToEncoder<Settings>): void => {
        if (documents.has(id)) port.post(message);
      };
      const handle: OpenDocument = {
        edit: (edits) => postIfOpen({ type: 'edit', id, edits }),
        choose: (chosen) => postIfOpen({ type: 'choose', id, chosen }),
        view: (spans) => postIfOpen({ type: 'view', id, spans }),
        close() {
          postIfOpen({ type: 'close', id });
          documents.delete(id);
        },
      };
      ids.set(handle, id);
      return handle;
    },
    async read({ text, format, withTokens = false }, onBatch, signal) {
      await request((id) => ({ type: 'read', id, text, format, withTokens }), onBatch, signal);
    },
    async ask(asked, kind, question, signal) {
      const own = asked.flatMap((document) => ids.get(document) ?? []);
      // One of the documents is closed, or was opened over another port.
      if (own.length < asked.length || !own.every((id) => documents.has(id))) throw new CancelledError();
      const message = (id: number): ToEncoder<Settings> =>
        ({ type: 'ask', id, documents: own, kind, question }) as ToEncoder<Settings>;
      const answer = await request(message, () => undefined, signal);
      return answer as Answers[typeof kind];
    },
    teach(teaching) {
      port.post({ type: 'teach', teaching });
      return Promise.resolve();
    },
    async dispose() {
      over ??= new Error('The engine is disposed.');
      failAll(new CancelledError());
      port.post({ type: 'stop' });
      await closed;
    },
  };
}
