import path from 'node:path';
import * as vscode from 'vscode';
import type { Correction } from '../../../core';
import { CORRECTIONS_FILE, PROJECT_FOLDER } from '../../../node/project';
import { Disposables } from '../../services/disposables';
import { CorrectionFile } from './correctionFile';

/** The file that a document's corrections are in, and the document's name in it. */
export interface FiledUnder {
  readonly file: CorrectionFile;
  readonly name: string;
}

export interface CorrectionFilesOptions {
  /** For documents that are in no folder of the workspace. */
  readonly userFolder: string;
  readonly memory: vscode.Memento;
  readonly onProblem: (message: string) => void;
  /** A file changed, by another window or another program. */
  readonly onChanged: (file: CorrectionFile) => void;
}

/**
 * A file of corrections for each workspace folder on disk, and the user's for all other documents: loose files, untitled ones,
 * and those that are on no disk.
 */
export class CorrectionFiles implements vscode.Disposable {
  readonly #options: CorrectionFilesOptions;
  readonly #files = new Map<string, CorrectionFile>();
  readonly #owned = new Disposables();
  /** Resolves when the files of the folders that were open at the start have been read. */
  readonly ready: Promise<void>;

  constructor(options: CorrectionFilesOptions) {
    this.#options = options;
    this.ready = this.#loadFolders();
    this.#owned.add(
      vscode.workspace.onDidChangeWorkspaceFolders(
        () => void this.#loadFolders().then(() => this.all.forEach((file) => options.onChanged(file))),
      ),
    );
  }

  get user(): CorrectionFile {
    return this.#file(this.#options.userFolder);
  }

  /** Those of the workspace's folders. The user's is left out: of it only the corrections of open documents are listed. */
  get folders(): readonly CorrectionFile[] {
    return [...this.#files.values()].filter((file) => file !== this.user);
  }

  get all(): readonly CorrectionFile[] {
    return [...this.folders, this.user];
  }

  filedUnder(uri: vscode.Uri): FiledUnder {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder?.uri.scheme !== 'file') return { file: this.user, name: uri.toString() };
    const name = path.relative(folder.uri.fsPath, uri.fsPath).split(path.sep).join('/');
    return { file: this.#file(path.join(folder.uri.fsPath, PROJECT_FOLDER)), name };
  }

  /** The document a correction belongs to. */
  addressOf(file: CorrectionFile, { document }: Correction): vscode.Uri {
    if (file === this.user) return vscode.Uri.parse(document);
    return vscode.Uri.file(path.join(path.dirname(path.dirname(file.path)), document));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #loadFolders(): Promise<void> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const present = new Set(folders.map(({ uri }) => path.join(uri.fsPath, PROJECT_FOLDER)));
    for (const folder of [...this.#files.keys()]) {
      if (folder !== this.#options.userFolder && !present.has(folder)) this.#files.delete(folder);
    }
    await Promise.all([...present, this.#options.userFolder].map((folder) => this.#file(folder).load()));
  }

  #file(folder: string): CorrectionFile {
    const known = this.#files.get(folder);
    if (known) return known;
    const { memory, onProblem, onChanged } = this.#options;
    const file = new CorrectionFile({ path: path.join(folder, CORRECTIONS_FILE), memory, onProblem });
    this.#files.set(folder, file);
    // When a folder is deleted, only that is told, not the files that were in it.
    const watched = `${path.basename(folder)}{,/${CORRECTIONS_FILE}}`;
    const watcher = this.#owned.add(
      vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(vscode.Uri.file(path.dirname(folder)), watched),
      ),
    );
    const changed = (): void => void file.load().then(() => onChanged(file));
    watcher.onDidChange(changed);
    watcher.onDidCreate(changed);
    watcher.onDidDelete(changed);
    return file;
  }
}
