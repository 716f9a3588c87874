import * as vscode from 'vscode';
import { type AnnotationStore, packedPartAt, type SenseInventory, unpackAnnotation } from '../../../core';
import { COMMANDS } from '../../services/contributions';
import { keyOf } from '../../services/documents';
import { rangeOf } from '../../services/positions';
import type { Scheduler } from '../../services/scheduler';
import { senseCard } from './senseCard';

/** How long a hover waits for its passage; VS Code shows that it is loading meanwhile. */
const PATIENCE_MS = 10_000;

export interface HoverOptions {
  readonly store: AnnotationStore;
  readonly scheduler: Scheduler;
  readonly inventory: SenseInventory;
}

/** The hover card: the sense a word has here, and the runners-up. */
export class SenseHover implements vscode.HoverProvider {
  readonly #options: HoverOptions;

  constructor(options: HoverOptions) {
    this.#options = options;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const { store, scheduler } = this.#options;
    const annotations = store.get(keyOf(document));
    // A word the editor sees, so that nothing is waited for over blank space.
    const word = document.getWordRangeAtPosition(position, /[\p{L}\p{M}\p{N}’'-]+/u);
    if (!annotations || !word) return undefined;
    const offset = document.offsetAt(position);
    if (!annotations.at(offset) && !annotations.isRead(offset, offset + 1)) {
      const read = await this.#waitFor(document, offset, token);
      if (token.isCancellationRequested) return undefined;
      if (!read) return notRead(word, scheduler.state(document)?.phase === 'failed');
    }
    return this.#card(document, offset);
  }

  #card(document: vscode.TextDocument, offset: number): vscode.Hover | undefined {
    const { store, inventory } = this.#options;
    const packed = store.get(keyOf(document))?.at(offset);
    if (!packed) return undefined;
    const range = rangeOf(document, packed);
    const annotation = unpackAnnotation(packed, document.getText(range), inventory);
    const part = packedPartAt(packed, offset);
    const inUnit = part && unpackAnnotation(part, document.getText(rangeOf(document, part)), inventory);
    const content = new vscode.MarkdownString(senseCard(annotation, document.uri, inventory, inUnit));
    content.isTrusted = {
      enabledCommands: [
        COMMANDS.showSimilarInstances,
        COMMANDS.pickSense,
        COMMANDS.withdrawCorrection,
        COMMANDS.showAllSenses,
        COMMANDS.copySenseKey,
        COMMANDS.disambiguateSelection,
      ],
    };
    return new vscode.Hover(content, range);
  }

  async #waitFor(
    document: vscode.TextDocument,
    offset: number,
    token: vscode.CancellationToken,
  ): Promise<boolean> {
    const patience = new AbortController();
    const cancelled = token.onCancellationRequested(() => patience.abort());
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const span = { start: offset, end: offset + 1 };
      return await this.#options.scheduler.whenRead(document, span, patience.signal);
    } finally {
      clearTimeout(timer);
      cancelled.dispose();
    }
  }
}

function notRead(range: vscode.Range, failed: boolean): vscode.Hover {
  const text = failed
    ? vscode.l10n.t('Glossight could not read this passage; the status bar says why.')
    : vscode.l10n.t('Glossight is still reading this passage.');
  return new vscode.Hover(new vscode.MarkdownString(text), range);
}
