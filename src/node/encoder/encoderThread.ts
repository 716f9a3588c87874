/** Entry of a thread of the threaded encoder: one onnxruntime session, batches in, matrices out. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EncoderThreadData, FromEncoderThread, ToEncoderThread } from '../../protocol/encoderThread';
import { createEncoderSession, type EncoderSession } from './encoderSession';

const port = parentPort!;
const send = (message: FromEncoderThread, transfer: ArrayBuffer[] = []): void =>
  port.postMessage(message, transfer);

async function main({ weights, dimensions }: EncoderThreadData): Promise<void> {
  let session: EncoderSession;
  try {
    session = await createEncoderSession(weights, dimensions);
  } catch (error) {
    send({ type: 'refused', reason: (error as Error).message });
    return;
  }
  // In turn: the session must not be released under a call that has been asked for but not begun.
  let work = Promise.resolve();
  port.on('message', (message: ToEncoderThread) => {
    work = work.then(() => receive(session, message));
  });
  send({ type: 'ready' });
}

async function receive(session: EncoderSession, message: ToEncoderThread): Promise<void> {
  switch (message.type) {
    case 'run': {
      const matrices = await session.run(message.windows, message.output);
      send(
        { type: 'done', matrices },
        matrices.map(({ buffer }) => buffer as ArrayBuffer),
      );
      break;
    }
    case 'end':
      await session.release();
      // Nothing is left to listen to, so the thread ends by itself.
      port.close();
      break;
    default:
      message satisfies never;
  }
}

// A failure here ends the thread; its parent hears of it by the thread's `error` event.
void main(workerData as EncoderThreadData);
