import path from 'node:path';
import * as vscode from 'vscode';
import type { Correction } from '../../../core';
import { CORRECTIONS_FILE, PROJECT_FOLDER } from '../../../node/project';
import { Disposables } from '../../services/disposables';
import { Home } from './home';

/** Where a document's corrections are, and what it is called there. */
export interface Dwelling {
  readonly home: Home;
  readonly name: string;
}

export interface HomesOptions {
  /** For documents that are in no folder of the workspace. */
  readonly userFolder: string;
  readonly memory: vscode.Memento;
  readonly onProblem: (message: string) => void;
  /** A file changed, by another window or another program. */
  readonly onChanged: (home: Home) => void;
}

/**
 * A home for each workspace folder on disk, and one for all other documents: loose files, untitled ones, and those that are
 * on no disk.
 */
export class Homes implements vscode.Disposable {
  readonly #options: HomesOptions;
  readonly #homes = new Map<string, Home>();
  readonly #owned = new Disposables();
  /** All that were there at the beginning have been read. */
  readonly ready: Promise<void>;

  constructor(options: HomesOptions) {
    this.#options = options;
    this.ready = this.#loadFolders();
    this.#owned.add(
      vscode.workspace.onDidChangeWorkspaceFolders(
        () => void this.#loadFolders().then(() => this.all.forEach((home) => options.onChanged(home))),
      ),
    );
  }

  get user(): Home {
    return this.#home(this.#options.userFolder);
  }

  /** Those of the workspace's folders; of the user's home only what open documents need is of interest. */
  get folders(): readonly Home[] {
    return [...this.#homes.values()].filter((home) => home !== this.user);
  }

  get all(): readonly Home[] {
    return [...this.folders, this.user];
  }

  dwellingOf(uri: vscode.Uri): Dwelling {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder?.uri.scheme !== 'file') return { home: this.user, name: uri.toString() };
    const name = path.relative(folder.uri.fsPath, uri.fsPath).split(path.sep).join('/');
    return { home: this.#home(path.join(folder.uri.fsPath, PROJECT_FOLDER)), name };
  }

  /** The document a correction belongs to. */
  addressOf(home: Home, { document }: Correction): vscode.Uri {
    if (home === this.user) return vscode.Uri.parse(document);
    return vscode.Uri.file(path.join(path.dirname(path.dirname(home.file)), document));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #loadFolders(): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const present = new Set(folders.map(({ uri }) => path.join(uri.fsPath, PROJECT_FOLDER)));
    for (const folder of [...this.#homes.keys()]) {
      if (folder !== this.#options.userFolder && !present.has(folder)) this.#homes.delete(folder);
    }
    await Promise.all([...present, this.#options.userFolder].map((folder) => this.#home(folder).load()));
  }

  #home(folder: string): Home {
    const known = this.#homes.get(folder);
    if (known) return known;
    const { memory, onProblem, onChanged } = this.#options;
    const home = new Home({ file: path.join(folder, CORRECTIONS_FILE), memory, onProblem });
    this.#homes.set(folder, home);
    // A folder that is deleted tells of itself only, not of what was in it.
    const watched = `${path.basename(folder)}{,/${CORRECTIONS_FILE}}`;
    const watcher = this.#owned.add(
      vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.file(path.dirname(folder)), watched),
      ),
    );
    const changed = (): void => void home.load().then(() => onChanged(home));
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(changed);
    return home;
  }
}
