import * as vscode from 'vscode';
import {
  type AnnotationStore,
  checkConsistency,
  type ConsistencyCheck,
  type ConsistencyThresholds,
  type ConsistencyWarning,
  type DocumentAnnotations,
  type DocumentUses,
  type Edit,
  Emitter,
  movedWarnings,
  type PackedAnnotation,
  packedUse,
  type SenseInventory,
  usesIn,
} from '../../../core';
import { Slices } from '../../services/slices';
import type { Settings } from '../../services/contributions';
import { Disposables } from '../../services/disposables';
import { keyOf } from '../../services/documents';
import type { Edits } from '../../services/edits';
import type { Scheduler } from '../../services/scheduler';
import { onSettingsChange, setting } from '../../services/settings';
import { checkOptions } from './options';

/**
 * Silence after the last reading before a document is checked: warnings that come and go while one types would annoy. A novel is
 * a hundred thousand comparisons and tens of megabytes of garbage, so the longer a text, the longer it has to rest.
 */
const SETTLE_MS = 600;
const SETTLE_MS_PER_WORD = 0.1;
/** Characters whose annotations are fetched in one go. */
const STRETCH = 4_000;

/** What a check depends on. */
const SETTINGS = [
  'consistency.severity',
  'consistency.profile',
  'consistency.scope',
  'consistency.ignoredWords',
  'consistency.ignoredInDocuments',
  'consistency.custom.partsOfSpeech',
  'consistency.custom.maximumAgreement',
  'consistency.custom.maximumOverlap',
  'consistency.custom.minimumDistance',
  'consistency.custom.perThousandWords',
  'consistency.custom.commonWords',
] as const satisfies readonly (keyof Settings)[];

/** The consistency warnings of one document, in the offsets of its present text. */
export interface DocumentWarnings {
  readonly document: vscode.TextDocument;
  readonly warnings: readonly ConsistencyWarning[];
  /** Did the user run the check? Else it ran in the background. */
  readonly isAsked: boolean;
  /** Of the text that was checked. */
  readonly version: number;
}

export interface FindingsOptions {
  readonly store: AnnotationStore;
  readonly edits: Edits;
  readonly scheduler: Scheduler;
  readonly inventory: SenseInventory;
  /** Of the sense vectors that are read with at present. */
  readonly thresholds: () => ConsistencyThresholds;
}

/**
 * Keeps consistency warnings: of documents that are read, checked anew some time after reading has settled, and of those the
 * user had checked. An edit moves them at once and drops those it touches.
 */
export class Findings implements vscode.Disposable {
  readonly #options: FindingsOptions;
  readonly #owned = new Disposables();
  readonly #found = new Map<string, DocumentWarnings>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #changed = this.#owned.add(new Emitter<string>());

  /** Fires with a document's key. */
  readonly onDidChange = this.#changed.event;

  constructor(options: FindingsOptions) {
    this.#options = options;
    const { store, scheduler, edits } = options;
    const { workspace } = vscode;
    this.#owned.add(store.onDidChange((key) => this.#soon(key)));
    this.#owned.add(scheduler.onDidChangeState((key) => this.#soon(key)));
    this.#owned.add(edits.on('warnings', (document, edit) => this.#edit(document, edit)));
    this.#owned.add(workspace.onDidCloseTextDocument((document) => this.#close(document)));
    this.#owned.add(onSettingsChange(SETTINGS, () => this.#recheck()));
    const files = this.#owned.add(workspace.createFileSystemWatcher('**/*', true));
    this.#owned.add(files.onDidChange((uri) => this.#fileChanged(uri)));
    this.#owned.add(files.onDidDelete((uri) => this.#fileChanged(uri)));
  }

  get(document: vscode.TextDocument): DocumentWarnings | undefined {
    return this.#found.get(keyOf(document));
  }

  getByKey(key: string): DocumentWarnings | undefined {
    return this.#found.get(key);
  }

  /**
   * Checks annotations of a document's present text, for the user who asked.
   * @returns `undefined` when cancelled, as by an edit
   */
  async check(
    document: vscode.TextDocument,
    annotations: readonly PackedAnnotation[],
    signal: AbortSignal,
  ): Promise<readonly ConsistencyWarning[] | undefined> {
    const uses = usesIn(
      annotations.filter(({ polysemous }) => polysemous),
      packedUse,
    );
    const warnings = await this.#run(document, uses, () => signal.aborted);
    if (warnings) this.#set(document, warnings, true);
    return warnings;
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#owned.dispose();
  }

  #soon(key: string): void {
    clearTimeout(this.#timers.get(key));
    const words = this.#options.store.get(key)?.totals.words ?? 0;
    this.#timers.set(
      key,
      setTimeout(
        () => {
          this.#timers.delete(key);
          void this.#checkRead(key);
        },
        SETTLE_MS + SETTLE_MS_PER_WORD * words,
      ),
    );
  }

  /** Checks a document that has been read; one that is read no more loses what the background found. */
  async #checkRead(key: string): Promise<void> {
    const document = vscode.workspace.textDocuments.find((open) => keyOf(open) === key);
    if (!document) return;
    const annotations = this.#options.store.get(key);
    const isWanted = annotations && setting('consistency.severity', document) !== 'off';
    if (isWanted && this.#options.scheduler.state(document)?.phase === 'read') {
      const isOver = (): boolean => this.#options.store.get(key) !== annotations || this.#timers.has(key);
      const uses = storedUses(annotations, document.getText().length);
      const warnings = await this.#run(document, uses, isOver);
      if (warnings) this.#set(document, warnings, this.#found.get(key)?.isAsked ?? false);
    } else if (!isWanted && !this.#found.get(key)?.isAsked) this.#delete(key);
    // An edit may have moved what stays.
    else if (this.#found.has(key)) this.#changed.fire(key);
  }

  #optionsFor(document: vscode.TextDocument): ConsistencyCheck {
    return checkOptions(document, this.#options.inventory, this.#options.thresholds());
  }

  async #run(
    document: vscode.TextDocument,
    uses: DocumentUses,
    isOver: () => boolean,
  ): Promise<readonly ConsistencyWarning[] | undefined> {
    const { version } = document;
    const options = this.#optionsFor(document);
    const isStale = (): boolean => document.version !== version || isOver();
    const slices = new Slices();
    // Putting a novel's text together takes a while, and so does showing the warnings: a pause before each.
    const checking = checkConsistency(document.getText(), uses, options);
    await slices.pause();
    let step = checking.next();
    for (; !step.done; step = checking.next()) {
      if (!slices.isOver) continue;
      await slices.pause();
      if (isStale()) return undefined;
    }
    await slices.pause();
    return isStale() ? undefined : step.value;
  }

  #set(document: vscode.TextDocument, warnings: readonly ConsistencyWarning[], isAsked: boolean): void {
    const key = keyOf(document);
    this.#found.set(key, { document, warnings, isAsked, version: document.version });
    this.#changed.fire(key);
  }

  #delete(key: string): void {
    if (this.#found.delete(key)) this.#changed.fire(key);
  }

  #edit(document: vscode.TextDocument, edit: Edit): void {
    const found = this.get(document);
    if (!found) return;
    const key = keyOf(document);
    const warnings = movedWarnings(found.warnings, edit);
    this.#found.set(key, { ...found, warnings });
    // The editor moves what it shows by itself; what was touched must go in the same breath.
    if (wordCount(warnings) < wordCount(found.warnings)) this.#changed.fire(key);
    this.#soon(key);
  }

  #close(document: vscode.TextDocument): void {
    const found = this.get(document);
    // Warnings that the user asked for stay under Problems as long as the file is as it was checked.
    if (!found?.isAsked || found.version !== document.version) this.#delete(keyOf(document));
  }

  /** Warnings of a file that changed on disk go; an open file is followed as a document instead. */
  #fileChanged(uri: vscode.Uri): void {
    const key = uri.toString();
    if (!this.#found.has(key)) return;
    if (!vscode.workspace.textDocuments.some((open) => keyOf(open) === key)) this.#delete(key);
  }

  /** After settings changed: what is ignored now goes at once, in files that are not open too. */
  #recheck(): void {
    for (const [key, found] of this.#found) {
      const { ignored } = this.#optionsFor(found.document);
      const warnings = found.warnings.filter(({ lemma }) => !ignored.has(lemma));
      this.#found.set(key, { ...found, warnings });
      this.#changed.fire(key);
    }
    for (const document of vscode.workspace.textDocuments) this.#soon(keyOf(document));
  }
}

/** The uses in the store, fetched as they are wanted. */
function storedUses(annotations: DocumentAnnotations, length: number): DocumentUses {
  return {
    places: () => everyPlace(annotations, length),
    at(start) {
      const found = annotations.at(start);
      return found?.start === start ? packedUse(found) : undefined;
    },
  };
}

function* everyPlace(annotations: DocumentAnnotations, length: number): Generator<PackedAnnotation> {
  let reached = -1;
  for (let start = 0; start < length; start += STRETCH) {
    for (const annotation of annotations.between(start, start + STRETCH)) {
      // A word across two stretches is in both.
      if (annotation.start <= reached) continue;
      reached = annotation.start;
      if (annotation.polysemous) yield annotation;
    }
  }
}

function wordCount(warnings: readonly ConsistencyWarning[]): number {
  return warnings.reduce((sum, { cited, alike }) => sum + 1 + cited.length + alike.length, 0);
}
