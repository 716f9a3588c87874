import * as vscode from 'vscode';
import { UserError } from '../../engine';

/** How long the status bar tells what a command has done. */
const BRIEFLY_MS = 3_000;

/** Tells in the status bar what a command has done. */
export function tellBriefly(message: string): void {
  vscode.window.setStatusBarMessage(message, BRIEFLY_MS);
}

/** What can be done when reading stopped. */
export interface WaysOn {
  readonly retry: () => void;
  /** Where a change of settings made it stop: takes the change back. */
  readonly goBack: (() => Promise<void>) | undefined;
}

/** What the user is told outside the text. Each thing is told once: a message must not come back at every document. */
export class Notices {
  readonly #channel: vscode.LogOutputChannel;
  readonly #told = new Set<string>();

  constructor(channel: vscode.LogOutputChannel) {
    this.#channel = channel;
  }

  /** Reading stopped: why, and what can be done. */
  failed(error: Error, { retry, goBack }: WaysOn): void {
    const message =
      error instanceof UserError
        ? error.message
        : vscode.l10n.t('Glossight cannot read: {0}. The log says more.', error.message);
    void this.#once(message, async () => {
      const { l10n } = vscode;
      const [back, again, log] = [l10n.t('Go Back'), l10n.t('Try Again'), l10n.t('Show Log')];
      const choice = await vscode.window.showErrorMessage(message, ...(goBack ? [back] : []), again, log);
      if (choice === log) this.#channel.show();
      if (choice !== again && choice !== back) return;
      this.#told.delete(message);
      if (choice === again) retry();
      else await goBack?.();
    });
  }

  /** What was told may be told again, once the settings that it came from have changed. */
  forget(): void {
    this.#told.clear();
  }

  /** A part of Glossight itself is missing or damaged, so that it cannot even begin. */
  async unusable(error: Error): Promise<void> {
    const { commands, l10n, window } = vscode;
    this.#channel.error(error.message);
    const [extension, reload] = [l10n.t('Show Extension'), l10n.t('Reload Window')];
    const choice = await window.showErrorMessage(
      l10n.t('Glossight is incomplete: {0} Reinstall Glossight, then reload the window.', error.message),
      extension,
      reload,
    );
    if (choice === extension) await commands.executeCommand('extension.open', 'glossight.glossight');
    if (choice === reload) await commands.executeCommand('workbench.action.reloadWindow');
  }

  /** Something is wrong with a file of the project; the rest of the file is used. */
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
