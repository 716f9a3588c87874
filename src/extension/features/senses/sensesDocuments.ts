import * as vscode from 'vscode';
import { SENSES_SCHEME } from '../../services/contributions';
import { Disposables } from '../../services/disposables';
import type { OnShare } from '../../services/progress';
import { withPatience } from '../../services/patience';

/** Makes a text that may be long; `undefined` when cancelled. */
export type MakeText = (signal: AbortSignal, onShare: OnShare) => Promise<string | undefined>;

/** A list of senses to read, and how to copy it. */
export interface SensesDocument {
  /** Names its tab. */
  readonly title: string;
  readonly text: string;
  readonly markdown: MakeText;
  readonly json: MakeText;
}

/** The read-only documents that list senses; each lives until VS Code closes it. */
export class SensesDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #documents = new Map<string, SensesDocument>();
  #last = 0;

  constructor() {
    const { workspace } = vscode;
    this.#owned.add(workspace.registerTextDocumentContentProvider(SENSES_SCHEME, this));
    this.#owned.add(
      workspace.onDidCloseTextDocument(({ uri }) => void this.#documents.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#documents.get(uri.toString())?.text ??
      // A tab that VS Code kept over a restart.
      vscode.l10n.t('This list of senses was not kept. Run the command again to make it anew.')
    );
  }

  /** Opens a document beside the text, so that both can be read, with the focus, so that it can be searched. */
  async show(document: SensesDocument): Promise<void> {
    // The number makes it another document than a list of the same lines before an edit.
    const path = `/${document.title.replaceAll('/', '∕')}`;
    const uri = vscode.Uri.from({ scheme: SENSES_SCHEME, path, query: `${++this.#last}` });
    this.#documents.set(uri.toString(), document);
    const fromList = vscode.window.activeTextEditor?.document.uri.scheme === SENSES_SCHEME;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      viewColumn: fromList ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside,
    });
  }

  /** Copies a list in a format; that in the active editor unless a menu names another. */
  async copy(format: 'markdown' | 'json', from: unknown): Promise<void> {
    const uri = from instanceof vscode.Uri ? from : vscode.window.activeTextEditor?.document.uri;
    const document = uri && this.#documents.get(uri.toString());
    if (!document) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a list of senses first.'));
      return;
    }
    const text = await withPatience(vscode.l10n.t('Copying senses'), document[format]);
    if (text === undefined) return;
    await vscode.env.clipboard.writeText(text);
    const done =
      format === 'json'
        ? vscode.l10n.t('Senses copied as JSON')
        : vscode.l10n.t('Senses copied as Markdown table');
    vscode.window.setStatusBarMessage(done, STATUS_MS);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

/** How long the status bar tells what was copied. */
export const STATUS_MS = 3_000;
