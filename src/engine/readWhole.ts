import {
  CancelledError,
  type ChosenSense,
  createAnnotationStore,
  type DocumentAnnotations,
  type DocumentFormat,
} from '../core';
import type { OpenDocument } from './documents';
import type { Engine } from './engine';

/** A text to be read from start to end, and the senses that a reader chose in it, in text order. */
export interface WholeText {
  readonly text: string;
  readonly format: DocumentFormat;
  readonly chosen: readonly ChosenSense[];
}

/**
 * Reads a text that nobody edits from start to end. It is read as an open document, so that the annotations have the chosen senses.
 * @param onShare called with the share of the text that is read, 0 to 1
 * @throws CancelledError, UserError, and the error with which the engine ended
 */
export async function readWhole(
  engine: Pick<Engine, 'open'>,
  { text, format, chosen }: WholeText,
  onShare: (share: number) => void,
  signal?: AbortSignal,
): Promise<DocumentAnnotations> {
  if (signal?.aborted) throw new CancelledError();
  const [key, version] = ['text', 1];
  const store = createAnnotationStore();
  store.open(key, version);
  store.correct(key, version, chosen);
  const opened: OpenDocument[] = [];
  let cancel = (): void => undefined;
  try {
    return await new Promise((resolve, reject) => {
      cancel = () => reject(new CancelledError());
      signal?.addEventListener('abort', cancel);
      const document = engine.open(
        { version, text, format },
        {
          onReadings({ readings, done, total }) {
            store.add(key, version, readings);
            onShare(total === 0 ? 1 : done / total);
            if (done === total) resolve(store.get(key)!);
          },
          onFailed: reject,
        },
      );
      opened.push(document);
    });
  } finally {
    signal?.removeEventListener('abort', cancel);
    for (const document of opened) document.close();
  }
}
