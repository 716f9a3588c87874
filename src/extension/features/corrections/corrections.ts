import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  type AnchoredCorrection,
  type Anchors,
  type AnnotationStore,
  chosenSenses,
  type Correction,
  createAnchors,
  type Edit,
  Emitter,
  type FileChange,
  formatOf,
  type Lesson,
  lessonOf,
  quoteOf,
  sentenceAt,
  type SenseInventory,
  type SenseKey,
  type Span,
} from '../../../core';
import { Slices } from '../../services/slices';
import { SENSES_SCHEME } from '../../services/contributions';
import { Disposables } from '../../services/disposables';
import { formatOfDocument, keyOf } from '../../services/documents';
import type { Edits } from '../../services/edits';
import type { PassageSources } from '../../services/passage';
import type { CorrectionFile } from './correctionFile';
import { CorrectionFiles } from './correctionFiles';
import { ClosedUntitled, moveCorrections, renameDocuments } from './moveCorrections';

export interface CorrectionsOptions {
  readonly store: AnnotationStore;
  readonly edits: Edits;
  readonly inventory: SenseInventory;
  readonly userFolder: string;
  readonly memory: vscode.Memento;
  readonly onProblem: (message: string) => void;
}

/** What commands on corrections work with. */
export interface CorrectionDeps extends PassageSources {
  readonly corrections: Corrections;
}

/** A correction, wherever its document is. */
export interface FiledCorrection {
  readonly file: CorrectionFile;
  readonly correction: Correction;
  readonly uri: vscode.Uri;
  /** In an open document: where its word is now, or that it is lost. */
  readonly anchored: AnchoredCorrection | undefined;
}

interface Entry {
  readonly document: vscode.TextDocument;
  file: CorrectionFile;
  name: string;
  readonly anchors: Anchors;
  /** Each correction, as JSON, as the file had it last. */
  readonly seen: Map<string, string>;
  isSettling: boolean;
}

/** A change that can be undone, and how. */
interface Step {
  readonly file: CorrectionFile;
  readonly inverse: readonly FileChange[];
}
/** Changes that can be undone in a row. */
const MOST_STEPS = 100;

/** The corrections of the open documents: keeps them on their words, in the store, and in the files. */
export class Corrections implements vscode.Disposable {
  readonly #options: CorrectionsOptions;
  readonly #owned = new Disposables();
  readonly #files: CorrectionFiles;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = this.#owned.add(new Emitter<undefined>());
  #steps: readonly Step[] = [];
  readonly #closed = new ClosedUntitled();

  /** Fires when a correction was made, withdrawn or changed by others, not when one moves with its text. */
  readonly onDidChange = this.#changed.event;

  constructor(options: CorrectionsOptions) {
    this.#options = options;
    const { workspace } = vscode;
    this.#files = this.#owned.add(new CorrectionFiles({ ...options, onChanged: () => this.refresh() }));
    this.#owned.add(workspace.onDidOpenTextDocument((document) => void this.#open(document)));
    this.#owned.add(workspace.onDidCloseTextDocument((document) => this.#close(document)));
    this.#owned.add(options.edits.on('corrections', (document, edit) => this.#edit(document, edit)));
    this.#owned.add(workspace.onDidSaveTextDocument((document) => void this.#save(document)));
    this.#owned.add(
      workspace.onDidRenameFiles(
        ({ files }) =>
          void this.ready.then(() => renameDocuments(this.#files, files)).then(() => this.refresh()),
      ),
    );
    void this.ready.then(() => this.refresh());
  }

  /** The files have been read. */
  get ready(): Promise<void> {
    return this.#files.ready;
  }

  /** The corrections of a document, lost ones too. */
  of(document: vscode.TextDocument): readonly AnchoredCorrection[] {
    return this.#entries.get(keyOf(document))?.anchors.all ?? [];
  }

  /** The correction of a word that overlaps a span. */
  at(document: vscode.TextDocument, span: Span): AnchoredCorrection | undefined {
    return this.of(document).find(
      (one) => one.span && one.span.start < span.end && one.span.end > span.start,
    );
  }

  /** Every correction of the workspace, and those of open documents that are in none of its folders. */
  get all(): readonly FiledCorrection[] {
    const open = new Map(
      [...this.#entries.values()].flatMap(({ anchors }) =>
        anchors.all.map((one) => [one.correction.id, one]),
      ),
    );
    const filed = (file: CorrectionFile, correction: Correction): FiledCorrection => ({
      file,
      correction,
      uri: this.#files.addressOf(file, correction),
      anchored: open.get(correction.id),
    });
    const { user, folders } = this.#files;
    return [
      ...folders.flatMap((file) => file.corrections.map((one) => filed(file, one))),
      ...user.corrections.filter(({ id }) => open.has(id)).map((one) => filed(user, one)),
    ];
  }

  /** Every correction as a tagged use to learn from. */
  get lessons(): readonly Lesson[] {
    return this.all.map(({ correction, uri }) => {
      const open = this.#entries.get(uri.toString())?.document;
      return lessonOf(correction, open ? formatOfDocument(open) : formatOf(uri.path));
    });
  }

  /** Gives words a sense, replacing earlier corrections of them; undo takes it back in one step. */
  async pick(document: vscode.TextDocument, words: readonly Span[], sense: SenseKey): Promise<void> {
    await this.ready;
    const entry = this.#entries.get(keyOf(document)) ?? this.#track(document);
    const text = document.getText();
    await this.#change(
      entry.file,
      words.flatMap((word) => this.#picked(entry, text, word, sense)),
    );
  }

  #picked(entry: Entry, text: string, span: Span, sense: SenseKey): FileChange[] {
    const passage = sentenceAt(text, span.start, this.#options.inventory.language);
    const start = Math.min(passage.start, span.start);
    const correction: Correction = {
      ...quoteOf(text, span),
      id: randomUUID().slice(0, 8),
      document: entry.name,
      sense,
      passage: text.slice(start, Math.max(passage.end, span.end)),
      at: span.start - start,
    };
    const old = entry.anchors.all.filter(
      (one) => one.span && one.span.start < span.end && one.span.end > span.start,
    );
    return [...old.map((one) => ({ remove: one.correction.id })), { put: correction }];
  }

  async withdraw(file: CorrectionFile, id: string): Promise<void> {
    await this.#change(file, [{ remove: id }]);
  }

  /** Puts a lost correction on another place of its document. */
  async anchorAt(file: CorrectionFile, id: string, document: vscode.TextDocument, span: Span): Promise<void> {
    const correction = file.get(id);
    if (correction)
      await this.#change(file, [{ put: { ...correction, ...quoteOf(document.getText(), span) } }]);
  }

  fileOf(document: vscode.TextDocument): CorrectionFile {
    return this.#files.filedUnder(document.uri).file;
  }

  /** Undoes the last pick or withdrawal. @returns whether there was one */
  async undo(): Promise<boolean> {
    const last = this.#steps.at(-1);
    if (!last) return false;
    this.#steps = this.#steps.slice(0, -1);
    await this.#write(last.file, last.inverse);
    return true;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #change(file: CorrectionFile, changes: readonly FileChange[]): Promise<void> {
    const inverse = changes.toReversed().map((change): FileChange => {
      const id = 'put' in change ? change.put.id : change.remove;
      // The one in an open document stands where its word is now.
      const before = this.#current(id) ?? file.get(id);
      return before ? { put: before } : { remove: id };
    });
    this.#steps = [...this.#steps, { file, inverse }].slice(-MOST_STEPS);
    await this.#write(file, changes);
  }

  #current(id: string): Correction | undefined {
    for (const { anchors } of this.#entries.values()) {
      const found = anchors.all.find(({ correction }) => correction.id === id);
      if (found) return found.correction;
    }
    return undefined;
  }

  async #write(file: CorrectionFile, changes: readonly FileChange[]): Promise<void> {
    const written = file.change(changes);
    this.refresh();
    await written;
  }

  async #open(document: vscode.TextDocument): Promise<void> {
    await this.ready;
    if (document.isClosed || document.uri.scheme === SENSES_SCHEME || this.#entries.has(keyOf(document)))
      return;
    if (document.uri.scheme === 'file') await this.#adopt(document);
    const { file, name } = this.#files.filedUnder(document.uri);
    if (file.of(name).length > 0 && !this.#entries.has(keyOf(document))) this.#track(document);
  }

  #track(document: vscode.TextDocument): Entry {
    const { file, name } = this.#files.filedUnder(document.uri);
    const anchors = createAnchors(document.getText(), file.of(name));
    const seen = new Map(file.of(name).map((one) => [one.id, JSON.stringify(one)]));
    const entry: Entry = { document, file, name, anchors, seen, isSettling: false };
    this.#entries.set(keyOf(document), entry);
    this.#apply(entry);
    void this.#settle(entry);
    return entry;
  }

  #close(document: vscode.TextDocument): void {
    const entry = this.#entries.get(keyOf(document));
    if (entry?.document !== document) return;
    this.#entries.delete(keyOf(document));
    this.#options.store.correct(keyOf(document), document.version, []);
    if (!document.isUntitled) return;
    this.#closed.add(entry.name, document.getText());
    for (const other of vscode.workspace.textDocuments) {
      if (other.uri.scheme === 'file' && !other.isDirty) void this.#adopt(other);
    }
  }

  /** A file with the text of an untitled document is that document, saved: its corrections go with it. */
  async #adopt(document: vscode.TextDocument): Promise<void> {
    const text = document.getText();
    if (text === '') return;
    const open = [...this.#entries.values()].find(
      (entry) => entry.document.isUntitled && entry.document.getText() === text,
    );
    const from = this.#closed.take(text) ?? open?.name;
    if (from === undefined) return;
    await moveCorrections(this.#files.user, from, this.#files.filedUnder(document.uri));
    this.refresh();
  }

  #edit(document: vscode.TextDocument, edit: Edit): void {
    const entry = this.#entries.get(keyOf(document));
    if (!entry) return;
    entry.anchors.edit(edit);
    void this.#settle(entry);
  }

  /** Finds the words that edits touched by what stood around them, in slices where they are many. */
  async #settle(entry: Entry): Promise<void> {
    if (entry.isSettling || !entry.anchors.needsSettling) return;
    entry.isSettling = true;
    const slices = new Slices();
    let text = entry.document.getText();
    while (entry.anchors.settle(text)) {
      if (!slices.isOver) continue;
      await slices.pause();
      text = entry.document.getText();
    }
    entry.isSettling = false;
    if (this.#entries.get(keyOf(entry.document)) === entry) this.#apply(entry);
  }

  /** After a document was saved, its corrections are filed with what stands around their words now. */
  async #save(document: vscode.TextDocument): Promise<void> {
    const entry = this.#entries.get(keyOf(document));
    if (!entry) return;
    const { anchors, file } = entry;
    await file.change(
      anchors.all.flatMap(({ correction, span }): FileChange[] => {
        const filed = file.get(correction.id);
        const isSame =
          filed?.before === correction.before &&
          filed.after === correction.after &&
          filed.word === correction.word;
        return span && filed && !isSame ? [{ put: correction }] : [];
      }),
    );
  }

  /** Brings the open documents up to date with the files, and with the senses of the project. */
  refresh(): void {
    for (const entry of [...this.#entries.values()]) {
      const { document, anchors } = entry;
      Object.assign(entry, this.#files.filedUnder(document.uri));
      const filed = new Map(entry.file.of(entry.name).map((one) => [one.id, one]));
      for (const { correction, span } of anchors.all) {
        const now = filed.get(correction.id);
        if (!now) anchors.remove(correction.id);
        // Anchors know better than the file where its word is in a text that is not saved, or that it is gone.
        else if (span && now.sense !== correction.sense) anchors.put({ ...correction, sense: now.sense });
        else if (!span && JSON.stringify(now) !== entry.seen.get(now.id))
          anchors.find(now, document.getText());
      }
      const known = new Set(anchors.all.map(({ correction }) => correction.id));
      for (const one of filed.values()) {
        if (!known.has(one.id)) anchors.find(one, document.getText());
        entry.seen.set(one.id, JSON.stringify(one));
      }
      this.#apply(entry);
      void this.#settle(entry);
    }
    for (const document of vscode.workspace.textDocuments) {
      const { file, name } = this.#files.filedUnder(document.uri);
      const isNew = document.uri.scheme !== SENSES_SCHEME && !this.#entries.has(keyOf(document));
      if (isNew && file.of(name).length > 0) this.#track(document);
    }
    this.#changed.fire(undefined);
  }

  /** Puts the chosen senses in the store, from which everything is shown. */
  #apply({ document, anchors }: Entry): void {
    const { store, inventory } = this.#options;
    store.correct(keyOf(document), document.version, chosenSenses(anchors, inventory));
  }
}
