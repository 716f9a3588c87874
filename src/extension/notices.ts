import * as vscode from 'vscode';
import { UserError } from '../runtime/host';

/** What the user is told outside the text. Each thing is told once: a message must not come back at every document. */
export class Notices {
  readonly #channel: vscode.LogOutputChannel;
  readonly #told = new Set<string>();

  constructor(channel: vscode.LogOutputChannel) {
    this.#channel = channel;
  }

  /** Reading stopped: why, and what can be done. */
  failed(error: Error, retry: () => void): void {
    const message =
      error instanceof UserError
        ? error.message
        : vscode.l10n.t('Glossight cannot read: {0}. The log says more.', error.message);
    void this.#once(message, async () => {
      const [again, log] = [vscode.l10n.t('Try Again'), vscode.l10n.t('Show Log')];
      const choice = await vscode.window.showErrorMessage(message, again, log);
      if (choice === log) this.#channel.show();
      if (choice !== again) return;
      this.#told.delete(message);
      retry();
    });
  }

  /** A part of Glossight itself is missing or damaged, so that it cannot even begin. */
  unusable(error: Error): void {
    this.#channel.error(error.message);
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        'Glossight is incomplete: {0} Reinstall Glossight, then reload the window.',
        error.message,
      ),
    );
  }

  /** Something is wrong with a file of the project; what can be used of it is. */
  problem(message: string): void {
    this.#channel.warn(message);
    void this.#once(message, async () => {
      await vscode.window.showWarningMessage(message);
    });
  }

  restarted(): void {
    const message = vscode.l10n.t(
      'The encoder process of Glossight ended and was started again. Nothing is lost; reading goes on.',
    );
    void this.#once(message, async () => {
      const log = vscode.l10n.t('Show Log');
      if ((await vscode.window.showWarningMessage(message, log)) === log) this.#channel.show();
    });
  }

  async #once(message: string, tell: () => Promise<void>): Promise<void> {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    await tell();
  }
}
