import * as vscode from 'vscode';
import { CONTEXT_KEYS, SENSES_SCHEME } from '../../services/contributions';
import { Disposables } from '../../services/disposables';
import { keyOf } from '../../services/documents';
import type { Scheduler } from '../../services/scheduler';

/** Could a document be read that is not being read? Any but our own reports. */
export function canRead(document: vscode.TextDocument, scheduler: Scheduler): boolean {
  return document.uri.scheme !== SENSES_SCHEME && scheduler.state(document) === undefined;
}

/** Keeps the context keys true, which menus and the command palette go by. */
export class ContextKeys implements vscode.Disposable {
  readonly #scheduler: Scheduler;
  readonly #owned = new Disposables();
  readonly #told = new Map<string, boolean>();

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
    this.#owned.add(vscode.window.onDidChangeActiveTextEditor(() => this.#refresh()));
    this.#owned.add(
      scheduler.onDidChangeState((key) => {
        const document = vscode.window.activeTextEditor?.document;
        if (document && keyOf(document) === key) this.#refresh();
      }),
    );
    this.#refresh();
  }

  /** The value that VS Code was given last: it has no way to read one back. */
  get(key: string): boolean {
    return this.#told.get(key) ?? false;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #refresh(): void {
    const document = vscode.window.activeTextEditor?.document;
    this.#tell(
      CONTEXT_KEYS.isReading,
      document !== undefined && this.#scheduler.state(document) !== undefined,
    );
    this.#tell(CONTEXT_KEYS.canRead, document !== undefined && canRead(document, this.#scheduler));
  }

  #tell(key: string, value: boolean): void {
    if (this.#told.get(key) === value) return;
    this.#told.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
