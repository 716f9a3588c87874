import * as vscode from 'vscode';
import { type AnnotationStore, Edit } from '../../core';
import { keyOf } from './documents';

/**
 * Those who hear of an edit, in the order in which they do, after the store, so that whoever reads it finds it moved:
 * corrections, as they put chosen senses in the store; what keeps spans of its own; the underlines, drawn from the store;
 * the scheduler, which tells the engine edits and chosen senses together; commands under way, which may begin again.
 */
const ORDER = ['corrections', 'warnings', 'instances', 'underlines', 'scheduler', 'passages'] as const;
type Place = (typeof ORDER)[number];

/** Hears of an edit once it has been made; `document.version` is that of the text after it. */
export type EditListener = (document: vscode.TextDocument, edit: Edit) => void;

/** The one place where edits of documents come in: all spans that are kept move by what it tells. */
export class Edits implements vscode.Disposable {
  readonly #store: AnnotationStore;
  readonly #listeners = new Map<Place, Set<EditListener>>(ORDER.map((place) => [place, new Set()]));
  readonly #listening = vscode.workspace.onDidChangeTextDocument((event) => this.#tell(event));

  constructor(store: AnnotationStore) {
    this.#store = store;
  }

  /** Hears of edits in a place of the order. */
  on(place: Place, listener: EditListener): vscode.Disposable {
    const listeners = this.#listeners.get(place)!;
    listeners.add(listener);
    return new vscode.Disposable(() => listeners.delete(listener));
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** @throws what a listener threw, after all have heard: their spans would be wrong from then on */
  #tell({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    // VS Code tells a saved or unsaved state so too.
    if (contentChanges.length === 0) return;
    const edit = new Edit(
      contentChanges.map(({ rangeOffset: start, rangeLength, text }) => ({
        start,
        end: start + rangeLength,
        text,
      })),
    );
    this.#store.edit(keyOf(document), { version: document.version, changes: edit.changes });
    const errors: unknown[] = [];
    for (const place of ORDER) {
      for (const listener of [...this.#listeners.get(place)!]) {
        try {
          listener(document, edit);
        } catch (error) {
          errors.push(error);
        }
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
