import * as vscode from 'vscode';
import { SENSES_SCHEME } from './contributions';
import { Disposables } from './disposables';
import type { OnShare } from './progress';
import { tellBriefly } from './notices';
import { withPatience } from './patience';

/** Makes a text that may be long; `undefined` when cancelled. */
export type MakeText = (signal: AbortSignal, onShare: OnShare) => Promise<string | undefined>;

/** A list of senses or of consistency warnings to read, and how to copy it. */
export interface Report {
  /** Names its tab. */
  readonly title: string;
  readonly text: string;
  readonly markdown: MakeText;
  readonly json: MakeText;
}

/** The reports as read-only documents; each lives until VS Code closes it. */
export class Reports implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #owned = new Disposables();
  readonly #open = new Map<string, Report>();
  #last = 0;

  constructor() {
    const { workspace } = vscode;
    this.#owned.add(workspace.registerTextDocumentContentProvider(SENSES_SCHEME, this));
    this.#owned.add(workspace.onDidCloseTextDocument(({ uri }) => void this.#open.delete(uri.toString())));
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#open.get(uri.toString())?.text ??
      // A tab that VS Code kept over a restart.
      vscode.l10n.t('This list of senses was not kept. Run the command again to make it anew.')
    );
  }

  /** Opens a report beside the text, so that both can be read, with the focus, so that it can be searched. */
  async show(report: Report): Promise<void> {
    // The number makes it another document than a list of the same lines before an edit.
    const path = `/${report.title.replaceAll('/', '∕')}`;
    const uri = vscode.Uri.from({ scheme: SENSES_SCHEME, path, query: `${++this.#last}` });
    this.#open.set(uri.toString(), report);
    const fromReport = vscode.window.activeTextEditor?.document.uri.scheme === SENSES_SCHEME;
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), {
      viewColumn: fromReport ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside,
    });
  }

  /** Copies a report in a format; that in the active editor unless a menu names another. */
  async copy(format: 'markdown' | 'json', from: unknown): Promise<void> {
    const uri = from instanceof vscode.Uri ? from : vscode.window.activeTextEditor?.document.uri;
    const report = uri && this.#open.get(uri.toString());
    if (!report) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a list of senses first.'));
      return;
    }
    const text = await withPatience(vscode.l10n.t('Copying senses'), report[format]);
    if (text === undefined) return;
    await vscode.env.clipboard.writeText(text);
    const done =
      format === 'json'
        ? vscode.l10n.t('Senses copied as JSON')
        : vscode.l10n.t('Senses copied as Markdown table');
    tellBriefly(done);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
