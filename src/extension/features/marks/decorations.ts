import * as vscode from 'vscode';
import { type AnnotationStore, Emitter, type PackedAnnotation } from '../../../core';
import { COLOURS } from '../../services/contributions';
import { Disposables } from '../../services/disposables';
import { keyOf } from '../../services/documents';
import type { Edits } from '../../services/edits';
import { rangeOf } from '../../services/positions';
import { onSettingsChange, setting } from '../../services/settings';

/** Lines decorated above and below the screen, so that scrolling a little shows nothing bare. */
const MARGIN_LINES = 40;
/** Readings arrive many a second; the eye does not need each of them at once. */
const REPAINT_MS = 40;

/** What is underlined in an editor: what tests and status read back, as VS Code gives no way to. */
export interface Underlined {
  readonly sure: readonly vscode.Range[];
  readonly unsure: readonly vscode.Range[];
}

/**
 * Underlines words with several senses: dotted and faint, or dashed and plainer where the sense is in doubt. Only near the
 * screen, as thousands of ranges cost the editor milliseconds.
 */
export class Decorations implements vscode.Disposable {
  readonly #store: AnnotationStore;
  readonly #owned = new Disposables();
  readonly #sure = this.#owned.add(underline('dotted', COLOURS.sure));
  readonly #unsure = this.#owned.add(underline('dashed', COLOURS.unsure));
  readonly #painted = this.#owned.add(new Emitter<vscode.TextEditor>());
  readonly #shown = new WeakMap<vscode.TextEditor, Underlined>();
  /** Documents to repaint when the timer is up. */
  readonly #due = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: AnnotationStore, edits: Edits) {
    this.#store = store;
    const { window } = vscode;
    this.#owned.add(store.onDidChange((key) => this.#soon(key)));
    this.#owned.add(
      window.onDidChangeVisibleTextEditors((editors) => editors.forEach((e) => this.#paint(e))),
    );
    this.#owned.add(
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#soon(keyOf(textEditor.document))),
    );
    this.#owned.add(
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (setting('annotations.show', textEditor.document) === 'activeLine') this.#paint(textEditor);
      }),
    );
    // An edit moves ranges by itself; what it made void must go in the same breath.
    this.#owned.add(edits.on('underlines', (document) => this.#paintDocument(keyOf(document))));
    this.#owned.add(
      onSettingsChange(['annotations.show', 'annotations.minimumSenses', 'annotations.maximumMargin'], () =>
        window.visibleTextEditors.forEach((editor) => this.#paint(editor)),
      ),
    );
    window.visibleTextEditors.forEach((editor) => this.#paint(editor));
  }

  /** Fires when an editor's underlines have been set anew. */
  readonly onDidPaint = this.#painted.event;

  shown(editor: vscode.TextEditor): Underlined {
    return this.#shown.get(editor) ?? { sure: [], unsure: [] };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#owned.dispose();
  }

  #soon(key: string): void {
    this.#due.add(key);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const due = [...this.#due];
      this.#due.clear();
      due.forEach((one) => this.#paintDocument(one));
    }, REPAINT_MS);
  }

  #paintDocument(key: string): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (keyOf(editor.document) === key) this.#paint(editor);
    }
  }

  #paint(editor: vscode.TextEditor): void {
    const next = this.#wanted(editor);
    this.#shown.set(editor, next);
    editor.setDecorations(this.#sure, next.sure);
    editor.setDecorations(this.#unsure, next.unsure);
    this.#painted.fire(editor);
  }

  #wanted(editor: vscode.TextEditor): Underlined {
    const { document } = editor;
    const show = setting('annotations.show', document);
    const annotations = this.#store.get(keyOf(document));
    const sure: vscode.Range[] = [];
    const unsure: vscode.Range[] = [];
    if (!annotations || show === 'off') return { sure, unsure };
    const minimumSenses = setting('annotations.minimumSenses', document);
    const maximumMargin = setting('annotations.maximumMargin', document) ?? Infinity;
    const isShown = ({ polysemous, candidateCount, margin }: PackedAnnotation): boolean =>
      polysemous && candidateCount >= minimumSenses && !(margin > maximumMargin);
    const seen = new Set<number>();
    for (const span of show === 'activeLine' ? activeLines(editor) : nearScreen(editor)) {
      const [from, to] = [document.offsetAt(span.start), document.offsetAt(span.end)];
      for (const annotation of annotations.between(from, to)) {
        // Folded regions give several ranges, whose margins overlap.
        if (seen.has(annotation.start) || !isShown(annotation)) continue;
        seen.add(annotation.start);
        const doubtful = annotation.doubt !== undefined;
        if (doubtful || show !== 'unsure') (doubtful ? unsure : sure).push(rangeOf(document, annotation));
      }
    }
    return { sure, unsure };
  }
}

function nearScreen({ document, visibleRanges }: vscode.TextEditor): vscode.Range[] {
  return visibleRanges.map((range) =>
    document.validateRange(
      new vscode.Range(
        Math.max(0, range.start.line - MARGIN_LINES),
        0,
        range.end.line + MARGIN_LINES,
        Infinity,
      ),
    ),
  );
}

function activeLines({ document, selections }: vscode.TextEditor): vscode.Range[] {
  return selections.map(({ active }) => document.lineAt(active).range);
}

function underline(style: 'dotted' | 'dashed', colour: string): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    borderWidth: '0 0 1px 0',
    borderStyle: style,
    borderColor: new vscode.ThemeColor(colour),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}
