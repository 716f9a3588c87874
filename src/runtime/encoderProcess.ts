/** Entry of the forked process: messages in, readings out. It ends when told to, or when its parent goes. */
import { ArtifactError, CancelledError } from '../core';
import type { Failure, FromEncoder, ToEncoder } from '../protocol/encoder';
import type { OpenDocument } from './documentReader';
import { createReader, type Reader } from './reader';
import { UserError } from './userError';

const send = (message: FromEncoder): void => {
  // The parent may be gone between two batches; `disconnect` then ends this process.
  if (process.connected) process.send?.(message);
};

const cancelled = new Map<number, { isCancellationRequested: boolean }>();
let reader: Promise<Reader> | undefined;
const documents = new Map<number, Promise<OpenDocument>>();
/** Reads are served one after another: the network takes the whole core anyway. */
let queue: Promise<void> = Promise.resolve();

process.on('message', (message: ToEncoder) => {
  switch (message.type) {
    case 'start':
      reader = createReader(message.settings);
      reader.then(
        () => send({ type: 'started' }),
        (error: unknown) => send({ type: 'failed', id: undefined, failure: failureOf(error) }),
      );
      break;
    case 'read': {
      const token = { isCancellationRequested: false };
      cancelled.set(message.id, token);
      queue = queue.then(() => read(message, token));
      break;
    }
    case 'cancel': {
      const token = cancelled.get(message.id);
      if (token) token.isCancellationRequested = true;
      break;
    }
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
    case 'stop':
      process.exit(0);
      break;
    default:
      message satisfies never;
  }
});
process.on('disconnect', () => process.exit(0));
// Ctrl-C in a terminal reaches this process too; whether to stop is for the parent to say.
process.on('SIGINT', () => undefined);

function open({ id, document }: Extract<ToEncoder, { type: 'open' }>): void {
  if (!reader) throw new Error('A document was opened before the start.');
  const opening = reader.then((ready) =>
    ready.open(document, {
      onReadings: (readings) => send({ type: 'documentReadings', id, readings }),
      onFailed: (error) => send({ type: 'documentFailed', id, failure: failureOf(error) }),
    }),
  );
  documents.set(id, opening);
  opening.catch((error: unknown) => send({ type: 'documentFailed', id, failure: failureOf(error) }));
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

async function read(
  { id, text, format }: Extract<ToEncoder, { type: 'read' }>,
  token: { readonly isCancellationRequested: boolean },
): Promise<void> {
  try {
    if (token.isCancellationRequested) throw new CancelledError();
    if (!reader) throw new Error('A read came before the start.');
    await (await reader).read({ text, format }, (batch) => send({ type: 'readings', id, batch }), token);
    send({ type: 'finished', id });
  } catch (error) {
    send({ type: 'failed', id, failure: failureOf(error) });
  } finally {
    cancelled.delete(id);
  }
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof CancelledError) return { kind: 'cancelled', message };
  return {
    kind: error instanceof UserError || error instanceof ArtifactError ? 'user' : 'internal',
    message,
  };
}
