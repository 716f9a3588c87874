import path from 'node:path';
import * as vscode from 'vscode';
import {
  Emitter,
  type Language,
  type NumberedSense,
  type ProjectInventory,
  type ProjectSense,
  projectKey,
} from '../../../core';
import { addSenses, isWritable, parseSenses, PROJECT_FOLDER, SENSES_FILE } from '../../../node/project';
import { changeSharedFile, readSharedFile } from '../../../node/files';
import { UserError } from '../../../engine';
import { Disposables } from '../../services/disposables';
import { diagnosticsOf, senseProblemText } from './problems';

export interface ProjectSensesOptions {
  readonly inventory: ProjectInventory;
  /** For those who have no folder open; its senses hold in every window. */
  readonly userFolder: string;
  readonly onProblem: (message: string) => void;
}

/** The senses of the project: those in the files of the workspace's folders, and the user's own. */
export class ProjectSenses implements vscode.Disposable {
  readonly #options: ProjectSensesOptions;
  readonly #owned = new Disposables();
  readonly #changed = this.#owned.add(new Emitter<undefined>());
  readonly #diagnostics = this.#owned.add(vscode.languages.createDiagnosticCollection('glossight.senses'));
  #files: ReadonlyMap<string, readonly ProjectSense[]> = new Map();
  /** Numbers of sense keys. A key keeps its number while the window lives: annotations made with it are still shown. */
  readonly #numbers = new Map<string, number>();
  #watchers = this.#owned.add(new Disposables());
  ready: Promise<void>;

  readonly onDidChange = this.#changed.event;

  constructor(options: ProjectSensesOptions) {
    this.#options = options;
    this.ready = this.#begin();
    this.#owned.add(
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.ready = this.#begin();
      }),
    );
  }

  /** All of them; of two with one key that of the first folder. */
  get all(): readonly NumberedSense[] {
    const byKey = new Map<string, NumberedSense>();
    for (const sense of [...this.#files.values()].flat()) {
      const key = projectKey(sense, this.language);
      const number = this.#numbers.get(key) ?? this.#numbers.size;
      this.#numbers.set(key, number);
      if (!byKey.has(key)) byKey.set(key, { ...sense, number });
    }
    return [...byKey.values()];
  }

  /** Of the words that senses are of. */
  get language(): Language {
    return this.#options.inventory.language;
  }

  /** The file that senses for a document go to: of its folder, else of the first, else the user's. */
  fileFor(uri: vscode.Uri | undefined): string {
    const folder =
      (uri && vscode.workspace.getWorkspaceFolder(uri)) ?? vscode.workspace.workspaceFolders?.[0];
    return folder?.uri.scheme === 'file'
      ? path.join(folder.uri.fsPath, PROJECT_FOLDER, SENSES_FILE)
      : path.join(this.#options.userFolder, SENSES_FILE);
  }

  /** Refuses before anything is asked for. @throws UserError */
  async checkWritable(file: string): Promise<void> {
    const text = await readSharedFile(file);
    refuseUnreadable(text, file, this.language);
  }

  /** @throws UserError when the file cannot be written, or holds what is not understood */
  async add(file: string, senses: readonly ProjectSense[]): Promise<void> {
    await changeSharedFile(file, (before) => {
      refuseUnreadable(before, file, this.language);
      return addSenses(before, senses, this.language);
    });
    await this.#load(file);
    this.#tell();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #begin(): Promise<void> {
    this.#watchers.dispose();
    this.#watchers = this.#owned.add(new Disposables());
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    const files = [
      ...folders.map(({ uri }) => path.join(uri.fsPath, PROJECT_FOLDER, SENSES_FILE)),
      path.join(this.#options.userFolder, SENSES_FILE),
    ];
    this.#files = new Map(files.map((file) => [file, this.#files.get(file) ?? []]));
    for (const file of files) {
      const folder = path.dirname(file);
      // When a folder is deleted, only that is told, not the files that were in it.
      const watched = `${path.basename(folder)}{,/${SENSES_FILE}}`;
      const watcher = this.#watchers.add(
        vscode.workspace.createFileSystemWatcher(
          new vscode.RelativePattern(vscode.Uri.file(path.dirname(folder)), watched),
        ),
      );
      const changed = (): void => void this.#load(file).then(() => this.#tell());
      watcher.onDidChange(changed);
      watcher.onDidCreate(changed);
      watcher.onDidDelete(changed);
    }
    await Promise.all(files.map((file) => this.#load(file)));
    this.#tell();
  }

  async #load(file: string): Promise<void> {
    if (!this.#files.has(file)) return;
    try {
      const { senses, problems } = parseSenses(await readSharedFile(file), this.language);
      this.#files = new Map([...this.#files].map(([name, own]) => [name, name === file ? senses : own]));
      this.#diagnostics.set(vscode.Uri.file(file), diagnosticsOf(problems));
      const [first] = problems;
      if (first) {
        this.#options.onProblem(
          vscode.l10n.t(
            '{0}, line {1}: {2} The other senses are used.',
            file,
            first.line,
            senseProblemText(first),
          ),
        );
      }
    } catch (error) {
      this.#options.onProblem((error as Error).message);
    }
  }

  #tell(): void {
    this.#options.inventory.take(this.all);
    this.#changed.fire(undefined);
  }
}

function refuseUnreadable(text: string, file: string, language: Language): void {
  const read = parseSenses(text, language);
  if (isWritable(read)) return;
  const { line } = read.problems[0]!;
  throw new UserError(
    vscode.l10n.t('{0} is left as it is: line {1} is not understood.', file, line),
    vscode.l10n.t('Mend the line, then try again.'),
  );
}
