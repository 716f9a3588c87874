import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  CancelledError,
  createReadingSession,
  type DocumentEdit,
  type Lane,
  type PipelineDeps,
  type ProseOptions,
  type ReadingSession,
  type SessionDocument,
  type SessionReadings,
  type Span,
} from '../core';

/** Steps of one lane under way at once: while the network has one, the next is parsed. */
const STEPS: Readonly<Record<Lane, number>> = { visible: 2, all: 2 };

/** Hears what is read of one document. */
export interface DocumentListener {
  onReadings(readings: SessionReadings): void;
  /** Reading stopped; the next edit or view tries again. */
  onFailed(error: Error): void;
}

/** A document that is being read while it is edited. */
export interface OpenDocument {
  edit(edits: readonly DocumentEdit[]): void;
  /** Tells which spans are on the screen; they are read first. */
  view(spans: readonly Span[]): void;
  close(): void;
}

interface Entry {
  readonly session: ReadingSession;
  readonly listener: DocumentListener;
  readonly token: { isCancellationRequested: boolean };
  failed: boolean;
}

/** Reads the open documents: what is visible of any of them before the rest of all of them. */
export class DocumentReader {
  /** The one last looked at comes first. */
  #entries: readonly Entry[] = [];
  readonly #underWay: Record<Lane, number> = { visible: 0, all: 0 };
  readonly #deps: PipelineDeps;
  readonly #options: ProseOptions;

  constructor(deps: PipelineDeps, options: ProseOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  open(document: SessionDocument, listener: DocumentListener): OpenDocument {
    const session = createReadingSession(document, this.#deps, this.#options);
    const entry: Entry = { session, listener, token: { isCancellationRequested: false }, failed: false };
    this.#entries = [entry, ...this.#entries];
    listener.onReadings(session.opened());
    void this.#pump();
    const resume = (): void => {
      entry.failed = false;
      void this.#pump();
    };
    return {
      edit(edits) {
        listener.onReadings(session.edit(edits));
        resume();
      },
      view: (spans) => {
        session.view(spans);
        this.#entries = [entry, ...this.#entries.filter((other) => other !== entry)];
        resume();
      },
      close: () => {
        entry.token.isCancellationRequested = true;
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  /** Starts steps while there is room and work. */
  async #pump(): Promise<void> {
    // Messages that have arrived are heard first: they may change what is visible.
    await nextTurn();
    for (const lane of ['visible', 'all'] as const) {
      while (this.#underWay[lane] < STEPS[lane]) {
        const entry = this.#entries.find(({ session, failed }) => !failed && session.hasWork(lane));
        if (!entry) break;
        void this.#step(entry, lane);
      }
    }
  }

  async #step(entry: Entry, lane: Lane): Promise<void> {
    const { session, listener, token } = entry;
    this.#underWay[lane]++;
    try {
      const readings = await session.step(lane, token);
      if (!token.isCancellationRequested) listener.onReadings(readings);
    } catch (error) {
      if (!(error instanceof CancelledError) && !entry.failed) {
        entry.failed = true;
        listener.onFailed(error as Error);
      }
    } finally {
      this.#underWay[lane]--;
      void this.#pump();
    }
  }
}
