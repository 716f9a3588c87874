import * as vscode from 'vscode';
import {
  type AnnotationStore,
  CancelledError,
  type DocumentEdit,
  type Edit,
  Emitter,
  type Logger,
  type Span,
} from '../../core';
import type { Answers, QuestionKind, Questions } from '../../protocol/questions';
import { EncoderEndedError, EncoderKeepsEndingError } from '../../node/process';
import { type OpenDocument, type Engine, UserError } from '../../engine';
import type { Teaching } from '../../protocol/encoder';
import { onAbort } from './cancellation';
import { formatOfDocument, isReadUnasked, keyOf } from './documents';
import { Disposables } from './disposables';
import type { Edits } from './edits';
import { spanOf } from './positions';
import type { OnShare } from './progress';
import { onSettingsChange } from './settings';

/**
 * Silence after an edit before its paragraph is read again: edits that come together (a snippet, a paste that is formatted,
 * several cursors) are told as one. Key strokes are seldom closer than 80 ms, so that waiting for the next would only delay each.
 */
const EDIT_PAUSE_MS = 20;
/** Scrolling tells many visible ranges; the encoder needs the last. */
const VIEW_PAUSE_MS = 30;
/** Without a document to read, the encoder process and its memory are given back after this. */
const IDLE_MS = 5 * 60_000;

/** How far the reading of a document is. */
export type ReadingState =
  | { readonly phase: 'loading' }
  /** Sense vectors are missing, and made first; `share` is from 0 to 1. */
  | { readonly phase: 'building'; readonly share: number }
  | { readonly phase: 'reading'; readonly done: number; readonly total: number }
  | { readonly phase: 'read' }
  /** `retryAt` is when it is tried again by itself, in the clock's milliseconds, where it is. */
  | { readonly phase: 'failed'; readonly message: string; readonly retryAt?: number };

export interface SchedulerOptions {
  readonly store: AnnotationStore;
  readonly edits: Edits;
  readonly logger: Logger;
  /** Starts an engine, by the settings of the moment; tells how far its sense vectors are if they are built. @throws UserError */
  readonly createEngine: (onBuilding: OnShare) => Promise<Engine>;
  /** Tells the user, once, that reading stopped; `retry` goes on. */
  readonly onFailed: (error: Error, retry: () => void) => void;
  /** Tells that the encoder process ended and was started again. */
  readonly onRestarted: () => void;
}

interface Entry {
  readonly document: vscode.TextDocument;
  handle: OpenDocument | undefined;
  state: ReadingState;
  /** Edits the engine has not been told of yet. */
  edits: DocumentEdit[];
  /** Has the engine to be told of the chosen senses, after the edits? */
  choosing: boolean;
  /** Spans somebody waits for, besides what is on the screen. */
  readonly wanted: Set<Span>;
  /** It is tried again by itself once: a document at which the process always ends must not end it for ever. */
  isRetried: boolean;
  retryTimer: NodeJS.Timeout | undefined;
}

/** Decides what is read and when: documents on the screen first, edits after a short pause; feeds the store. */
export class Scheduler implements vscode.Disposable {
  readonly #options: SchedulerOptions;
  readonly #owned = new Disposables();
  readonly #entries = new Map<string, Entry>();
  /** Documents that the user told to read (true) or not to read (false), whatever the settings say. */
  readonly #asked = new Map<string, boolean>();
  readonly #changed = this.#owned.add(new Emitter<string>());
  #engine: Promise<Engine> | undefined;
  #isStarted = false;
  /** Those who use the engine besides the documents. */
  #borrowers = 0;
  #tellTimer: NodeJS.Timeout | undefined;
  #viewTimer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  /** Fires with a document's key when its state changes. */
  readonly onDidChangeState = this.#changed.event;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    const { workspace, window } = vscode;
    this.#owned.add(window.onDidChangeVisibleTextEditors(() => this.#lookAround()));
    this.#owned.add(window.onDidChangeTextEditorVisibleRanges(() => this.#viewSoon()));
    this.#owned.add(workspace.onDidOpenTextDocument(() => this.#lookAround()));
    this.#owned.add(workspace.onDidCloseTextDocument((document) => this.#close(document)));
    this.#owned.add(options.edits.on('scheduler', (document, edit) => this.#edit(document, edit)));
    this.#owned.add(options.store.onDidChoose((key) => this.#choose(key)));
    this.#owned.add(onSettingsChange(['reading.enabled', 'reading.languages'], () => this.#refresh()));
    this.#owned.add(
      onSettingsChange(['reading.markdownDialect'], () => {
        for (const { document } of [...this.#entries.values()]) this.reread(document);
      }),
    );
  }

  /** Begins to read, once there is all that an engine is started with. */
  start(): void {
    this.#isStarted = true;
    this.#lookAround();
  }

  state(document: vscode.TextDocument): ReadingState | undefined {
    return this.#entries.get(keyOf(document))?.state;
  }

  /** Reads a document that the settings do not have read when it is opened. */
  read(document: vscode.TextDocument): void {
    this.#asked.set(keyOf(document), true);
    this.#begin(document);
  }

  stop(document: vscode.TextDocument): void {
    this.#asked.set(keyOf(document), false);
    this.#end(keyOf(document));
  }

  /** Forgets what was read of a document and begins anew. */
  reread(document: vscode.TextDocument): void {
    this.#end(keyOf(document));
    this.#begin(document);
  }

  /**
   * Reads everything anew with another engine, after a setting that decides on senses changed.
   * @param between what to do while no engine runs; should it fail, reading still goes on
   */
  async restart(between?: () => Promise<void>): Promise<void> {
    const documents = [...this.#entries.values()].map(({ document }) => document);
    for (const key of [...this.#entries.keys()]) this.#end(key);
    await this.#stopEngine();
    try {
      await between?.();
    } finally {
      for (const document of documents) this.#begin(document);
    }
  }

  /**
   * Waits until a span of a document's present text has been read.
   * @returns whether it has: not when waiting was cancelled, reading failed, or the document is not being read
   */
  async whenRead(document: vscode.TextDocument, span: Span, signal: AbortSignal): Promise<boolean> {
    const key = keyOf(document);
    const { store } = this.#options;
    const isRead = (): boolean => store.get(key)?.isRead(span.start, span.end) ?? false;
    const entry = this.#entries.get(key);
    if (!entry || isRead()) return isRead();
    entry.wanted.add(span);
    this.#view(entry);
    const waiting = new Disposables();
    try {
      await new Promise<void>((resolve) => {
        const look = (changed: string): void => {
          if (changed !== key) return;
          const phase = this.#entries.get(key)?.state.phase;
          if (phase === undefined || phase === 'failed' || isRead()) resolve();
        };
        waiting.add(store.onDidChange(look));
        waiting.add(this.onDidChangeState(look));
        waiting.add(onAbort(signal, resolve));
        look(key);
      });
    } finally {
      waiting.dispose();
      entry.wanted.delete(span);
    }
    return isRead();
  }

  /** The documents that are being read, or have been. */
  get documents(): readonly vscode.TextDocument[] {
    return [...this.#entries.values()].filter(({ handle }) => handle).map(({ document }) => document);
  }

  /**
   * Asks about documents that are being read, as their texts are now.
   * @throws CancelledError, also when one of them is not being read; UserError
   */
  async ask<Kind extends QuestionKind>(
    documents: readonly vscode.TextDocument[],
    kind: Kind,
    question: Questions[Kind],
    signal?: AbortSignal,
  ): Promise<Answers[Kind]> {
    const engine = await this.#engine;
    this.#tellEngine();
    const handles = documents.map((document) => this.#entries.get(keyOf(document))?.handle);
    if (!engine || handles.includes(undefined)) throw new CancelledError();
    return engine.ask(handles as OpenDocument[], kind, question, signal);
  }

  /** Tells the running engine what to learn; an engine that starts later is told by `createEngine`. */
  teach(teaching: Teaching): void {
    void this.#engine?.then(
      (engine) => engine.teach(teaching),
      () => undefined,
    );
  }

  /** Lends the engine for a text that is no open document. @throws UserError, and what the work throws */
  async withEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
    this.#borrowers++;
    try {
      return await work(await this.#startEngine());
    } finally {
      this.#borrowers--;
      this.#stopEngineWhenIdle();
    }
  }

  dispose(): void {
    clearTimeout(this.#tellTimer);
    clearTimeout(this.#viewTimer);
    this.#owned.dispose();
    for (const key of [...this.#entries.keys()]) this.#end(key);
    void this.#stopEngine();
  }

  #isWanted(document: vscode.TextDocument): boolean {
    return this.#asked.get(keyOf(document)) ?? isReadUnasked(document);
  }

  /** Looks again at what is to be read, after settings changed. */
  #refresh(): void {
    for (const [key, { document }] of [...this.#entries]) if (!this.#isWanted(document)) this.#end(key);
    this.#lookAround();
  }

  /** Begins what has come on the screen, and tells the engine what is visible now. */
  #lookAround(): void {
    if (!this.#isStarted) return;
    for (const { document } of vscode.window.visibleTextEditors) {
      if (this.#isWanted(document) && !this.#entries.has(keyOf(document))) this.#begin(document);
    }
    this.#viewSoon();
  }

  #begin(document: vscode.TextDocument): void {
    const key = keyOf(document);
    if (document.isClosed || this.#entries.has(key)) return;
    const entry: Entry = {
      document,
      handle: undefined,
      state: { phase: 'loading' },
      edits: [],
      choosing: false,
      wanted: new Set(),
      isRetried: false,
      retryTimer: undefined,
    };
    this.#entries.set(key, entry);
    this.#options.store.open(key, document.version);
    this.#changed.fire(key);
    void this.#open(entry);
  }

  async #open(entry: Entry): Promise<void> {
    const { document } = entry;
    try {
      const engine = await this.#startEngine();
      if (!this.#isCurrent(entry)) return;
      if (entry.state.phase === 'building') this.#setState(entry, { phase: 'loading' });
      entry.edits = [];
      entry.choosing = this.#options.store.chosen(keyOf(document)).length > 0;
      entry.handle = engine.open(
        { version: document.version, text: document.getText(), format: formatOfDocument(document) },
        {
          onReadings: ({ version, readings, done, total }) => {
            if (!this.#isCurrent(entry)) return;
            this.#options.store.add(keyOf(document), version, readings);
            if (done === total) entry.isRetried = false;
            this.#setState(entry, done === total ? { phase: 'read' } : { phase: 'reading', done, total });
          },
          onFailed: (error) => this.#failed(entry, error),
        },
      );
      this.#tellEngine();
      this.#view(entry);
    } catch (error) {
      this.#failed(entry, error as Error);
    }
  }

  #failed(entry: Entry, error: Error): void {
    if (error instanceof CancelledError || !this.#isCurrent(entry)) return;
    const { logger, onFailed, onRestarted } = this.#options;
    entry.handle = undefined;
    if (error instanceof EncoderEndedError) {
      // Nothing is lost: the text is here, and what was read stays until it is read again.
      onRestarted();
      void this.#open(entry);
      return;
    }
    logger.error(error instanceof UserError ? error.message : (error.stack ?? error.message));
    const { message } = error;
    if (error instanceof EncoderKeepsEndingError && !entry.isRetried) {
      entry.retryTimer = setTimeout(() => this.#retry(entry), error.retryInMs);
      this.#setState(entry, { phase: 'failed', message, retryAt: Date.now() + error.retryInMs });
    } else this.#setState(entry, { phase: 'failed', message });
    onFailed(error, () => void this.restart());
  }

  #retry(entry: Entry): void {
    entry.isRetried = true;
    this.#setState(entry, { phase: 'loading' });
    void this.#open(entry);
  }

  #isCurrent(entry: Entry): boolean {
    return this.#entries.get(keyOf(entry.document)) === entry;
  }

  #setState(entry: Entry, state: ReadingState): void {
    entry.state = state;
    this.#changed.fire(keyOf(entry.document));
  }

  #edit(document: vscode.TextDocument, { changes }: Edit): void {
    const entry = this.#entries.get(keyOf(document));
    // An engine that has not got the document yet will get its text with this edit in it.
    if (!entry?.handle) return;
    entry.edits.push({ version: document.version, changes });
    this.#tellSoon();
  }

  #choose(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry?.handle) return;
    entry.choosing = true;
    this.#tellSoon();
  }

  #tellSoon(): void {
    clearTimeout(this.#tellTimer);
    this.#tellTimer = setTimeout(() => this.#tellEngine(), EDIT_PAUSE_MS);
  }

  #tellEngine(): void {
    for (const [key, entry] of this.#entries) {
      const { handle, edits } = entry;
      if (!handle) continue;
      if (edits.length > 0) {
        entry.edits = [];
        handle.edit(edits);
        this.#view(entry);
      }
      // The store has them in the present text, of which the engine knows now.
      if (entry.choosing) handle.choose(this.#options.store.chosen(key));
      entry.choosing = false;
    }
  }

  #viewSoon(): void {
    clearTimeout(this.#viewTimer);
    this.#viewTimer = setTimeout(() => {
      for (const entry of this.#entries.values()) this.#view(entry);
    }, VIEW_PAUSE_MS);
  }

  #view({ document, handle, edits, wanted }: Entry): void {
    // These are offsets of the present text: an engine that has not been told of the last edits would misunderstand them.
    if (!handle || edits.length > 0) return;
    const visible = vscode.window.visibleTextEditors
      .filter((editor) => editor.document === document)
      .flatMap(({ visibleRanges }) => visibleRanges.map((range) => spanOf(document, range)));
    handle.view([...wanted, ...visible]);
  }

  #close(document: vscode.TextDocument): void {
    this.#asked.delete(keyOf(document));
    this.#end(keyOf(document));
  }

  #end(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    clearTimeout(entry.retryTimer);
    entry.handle?.close();
    this.#options.store.close(key);
    this.#changed.fire(key);
    this.#stopEngineWhenIdle();
  }

  #startEngine(): Promise<Engine> {
    clearTimeout(this.#idleTimer);
    const engine = (this.#engine ??= this.#options.createEngine((share) => this.#building(share)));
    engine.catch(() => {
      if (this.#engine === engine) this.#engine = undefined;
    });
    return engine;
  }

  #building(share: number): void {
    for (const entry of this.#entries.values()) {
      const { phase } = entry.state;
      if (phase === 'loading' || phase === 'building') this.#setState(entry, { phase: 'building', share });
    }
  }

  #stopEngineWhenIdle(): void {
    if (this.#entries.size > 0 || this.#borrowers > 0) return;
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => void this.#stopEngine(), IDLE_MS);
    this.#idleTimer.unref();
  }

  async #stopEngine(): Promise<void> {
    clearTimeout(this.#idleTimer);
    const stopping = this.#engine;
    this.#engine = undefined;
    await stopping?.then(
      (engine) => engine.dispose(),
      () => undefined,
    );
  }
}
