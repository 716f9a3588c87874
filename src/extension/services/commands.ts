import * as vscode from 'vscode';
import type { CommandId } from './contributions';
import { Disposables } from './disposables';

/** Registers commands. What one of them throws is logged and told, since VS Code would tell it without a reason. */
export class Commands implements vscode.Disposable {
  readonly #channel: vscode.LogOutputChannel;
  readonly #owned = new Disposables();

  constructor(channel: vscode.LogOutputChannel) {
    this.#channel = channel;
  }

  /** @param run gets what the menu, key or link passes, which is untrusted */
  register(id: CommandId, run: (...args: readonly unknown[]) => unknown): void {
    const told = async (...args: readonly unknown[]): Promise<void> => {
      try {
        await run(...args);
      } catch (error) {
        const [message, detail] =
          error instanceof Error
            ? [error.message, error.stack ?? error.message]
            : [String(error), String(error)];
        this.#channel.error(detail);
        void vscode.window.showErrorMessage(message);
      }
    };
    this.#owned.add(vscode.commands.registerCommand(id, told));
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
