/** Entry point of a thread of the threaded encoder: one onnxruntime session, batches in, matrices out. */
import { workerData } from 'node:worker_threads';
import type { EncoderThreadData, FromEncoderThread, ToEncoderThread } from '../../protocol/encoderThread';
import { startedThreadPort } from '../ports';
import { createEncoderSession, type EncoderSession } from './encoderSession';

const port = startedThreadPort<ToEncoderThread, FromEncoderThread>();

async function main({ weights, dimensions }: EncoderThreadData): Promise<void> {
  let session: EncoderSession;
  try {
    session = await createEncoderSession(weights, dimensions);
  } catch (error) {
    port.post({ type: 'refused', reason: (error as Error).message });
    return;
  }
  // Messages are handled one after another, so that the session is not released before a requested call has run.
  let work = Promise.resolve();
  port.onMessage((message) => {
    work = work.then(() => receive(session, message));
  });
  port.post({ type: 'ready' });
}

async function receive(session: EncoderSession, message: ToEncoderThread): Promise<void> {
  switch (message.type) {
    case 'run': {
      const matrices = await session.run(message.windows, message.output);
      port.post(
        { type: 'done', matrices },
        matrices.map(({ buffer }) => buffer as ArrayBuffer),
      );
      break;
    }
    case 'end':
      await session.release();
      // With the port closed nothing keeps the thread alive, and it ends by itself.
      port.close();
      break;
    default:
      message satisfies never;
  }
}

// A failure here ends the thread; its parent gets the thread's `error` event.
void main(workerData as EncoderThreadData);
