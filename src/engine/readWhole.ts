import {
  CancelledError,
  type ChosenSense,
  createAnnotationStore,
  type DocumentAnnotations,
  type DocumentFormat,
} from '../core';
import type { OpenDocument } from './documents';
import type { Engine } from './engine';

/** A text that is read whole, and the senses that a reader chose in it, in text order. */
export interface WholeText {
  readonly text: string;
  readonly format: DocumentFormat;
  readonly chosen: readonly ChosenSense[];
}

export interface WholeReading {
  /** @throws CancelledError, UserError, and what ends the engine */
  readonly annotations: Promise<DocumentAnnotations>;
  readonly cancel: () => void;
}

/**
 * Reads a text that nobody edits, from start to end, as a document is read: the store lays the chosen senses over it.
 * @param onShare hears which share of it is read, 0 to 1, maybe before this returns
 */
export function readWhole(
  engine: Pick<Engine, 'open'>,
  { text, format, chosen }: WholeText,
  onShare: (share: number) => void,
): WholeReading {
  const [key, version] = ['text', 1];
  const store = createAnnotationStore();
  store.open(key, version);
  store.correct(key, version, chosen);
  let handle: OpenDocument | undefined;
  let cancel = (): void => undefined;
  const annotations = new Promise<DocumentAnnotations>((resolve, reject) => {
    cancel = () => reject(new CancelledError());
    handle = engine.open(
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
  });
  return { annotations: annotations.finally(() => handle?.close()), cancel };
}
