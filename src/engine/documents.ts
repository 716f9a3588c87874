import {
  type ChosenSense,
  createReadingSession,
  type DocumentEdit,
  type Lane,
  type Paragraph,
  type ProseOptions,
  type ReadingSession,
  type SessionDeps,
  type SessionDocument,
  type SessionReadings,
  type Span,
} from '../core';

/** How many steps of a lane run at once: two, so that one is parsed while the other's windows are encoded. */
const STEPS: Readonly<Record<Lane, number>> = { visible: 2, all: 2 };

/** Gets the readings of one document, the first maybe before `open` has returned, and none once the document is closed. */
export interface DocumentListener {
  onReadings(readings: SessionReadings): void;
  /** Called at most once: reading failed and the document is closed. It can be opened again. */
  onFailed(error: Error): void;
}

/** A document that is being read while it is edited. */
export interface OpenDocument {
  edit(edits: readonly DocumentEdit[]): void;
  /** Sets the senses that a reader chose, in the offsets of the text after the edits so far, in text order. */
  choose(chosen: readonly ChosenSense[]): void;
  /** Sets which spans are on the screen; they are read first. */
  view(spans: readonly Span[]): void;
  close(): void;
}

interface Entry {
  readonly handle: OpenDocument;
  readonly session: ReadingSession;
  readonly listener: DocumentListener;
  /** Aborted when the document is closed. */
  readonly closed: AbortController;
}

/** Reads the open documents: first the visible paragraphs of all documents, then the rest. */
export class Documents {
  /** The document that was opened or viewed last comes first. */
  #entries: readonly Entry[] = [];
  readonly #underWay: Record<Lane, number> = { visible: 0, all: 0 };
  readonly #deps: SessionDeps;
  readonly #options: ProseOptions;
  readonly #nextTurn: () => Promise<void>;

  /** @param nextTurn waits for a turn of the event loop, so that messages that have arrived are handled */
  constructor(deps: SessionDeps, options: ProseOptions, nextTurn: () => Promise<void>) {
    this.#deps = deps;
    this.#options = options;
    this.#nextTurn = nextTurn;
  }

  open(document: SessionDocument, listener: DocumentListener): OpenDocument {
    const session = createReadingSession(document, [this.#deps], this.#options);
    const handle: OpenDocument = {
      edit: (edits) =>
        this.#change(entry, () => {
          listener.onReadings(session.edit(edits));
        }),
      choose: (chosen) => session.choose(chosen),
      view: (spans) =>
        this.#change(entry, () => {
          session.view(spans);
          this.#entries = [entry, ...this.#entries.filter((other) => other !== entry)];
        }),
      close: () => this.#close(entry),
    };
    const entry: Entry = { handle, session, listener, closed: new AbortController() };
    this.#entries = [entry, ...this.#entries];
    listener.onReadings(session.opened());
    void this.#pump();
    return handle;
  }

  /** The reading session of a document; `undefined` once the document is closed. */
  session(document: OpenDocument): ReadingSession | undefined {
    return this.#entries.find(({ handle }) => handle === document)?.session;
  }

  /** Reads those paragraphs of the open documents again that `isConcerned` accepts. */
  reconsider(isConcerned: (paragraph: Paragraph) => boolean): void {
    for (const entry of this.#entries) {
      this.#change(entry, () => entry.listener.onReadings(entry.session.reconsider(isConcerned)));
    }
  }

  #change(entry: Entry, apply: () => void): void {
    if (entry.closed.signal.aborted) return;
    try {
      apply();
      void this.#pump();
    } catch (error) {
      this.#fail(entry, error as Error);
    }
  }

  #close(entry: Entry): void {
    entry.closed.abort();
    this.#entries = this.#entries.filter((other) => other !== entry);
  }

  #fail(entry: Entry, error: Error): void {
    if (entry.closed.signal.aborted) return;
    this.#close(entry);
    entry.listener.onFailed(error);
  }

  /** Starts steps while fewer than STEPS run and there is something to read. */
  async #pump(): Promise<void> {
    // Messages that have arrived are handled first, as they may change what is visible.
    await this.#nextTurn();
    for (const lane of ['visible', 'all'] as const) {
      while (this.#underWay[lane] < STEPS[lane]) {
        const entry = this.#entries.find(({ session }) => session.hasWork(lane));
        if (!entry) break;
        void this.#step(entry, lane);
      }
    }
  }

  async #step(entry: Entry, lane: Lane): Promise<void> {
    const { session, listener } = entry;
    const { signal } = entry.closed;
    this.#underWay[lane]++;
    try {
      const readings = await session.step(lane, signal);
      if (!signal.aborted) listener.onReadings(readings);
    } catch (error) {
      this.#fail(entry, error as Error);
    } finally {
      this.#underWay[lane]--;
      void this.#pump();
    }
  }
}
