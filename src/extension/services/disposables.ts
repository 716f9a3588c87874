import type * as vscode from 'vscode';

/** Owns what is registered; what is added after the end is disposed at once. */
export class Disposables implements vscode.Disposable {
  readonly #owned = new Set<vscode.Disposable>();
  #disposed = false;

  add<T extends vscode.Disposable>(owned: T): T {
    if (this.#disposed) owned.dispose();
    else this.#owned.add(owned);
    return owned;
  }

  dispose(): void {
    this.#disposed = true;
    for (const owned of [...this.#owned].reverse()) owned.dispose();
    this.#owned.clear();
  }
}
