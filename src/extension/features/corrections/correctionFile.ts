import * as vscode from 'vscode';
import {
  changeCorrections,
  type Correction,
  type CorrectionsFile,
  type FileChange,
  parseCorrections,
} from '../../../core';
import { changeSharedFile, readSharedFile } from '../../../node/files';
import { UserError } from '../../../engine';

export interface CorrectionFileOptions {
  readonly path: string;
  /** Where changes are kept that could not be written, over the end of the window too. */
  readonly memory: vscode.Memento;
  /** Tells the user what is wrong and what to do. */
  readonly onProblem: (message: string) => void;
}

/**
 * The corrections of one folder, or of the documents that are in none: those in its file, and those that could not be
 * written yet.
 */
export class CorrectionFile {
  readonly path: string;
  readonly #options: CorrectionFileOptions;
  #corrections: ReadonlyMap<string, Correction> = new Map();
  #unwritten: readonly FileChange[];
  #queue: Promise<void> = Promise.resolve();

  constructor(options: CorrectionFileOptions) {
    this.path = options.path;
    this.#options = options;
    this.#unwritten = options.memory.get<readonly FileChange[]>(this.#memoryKey, []);
  }

  get corrections(): readonly Correction[] {
    return [...this.#corrections.values()];
  }

  get(id: string): Correction | undefined {
    return this.#corrections.get(id);
  }

  of(document: string): readonly Correction[] {
    return this.corrections.filter((correction) => correction.document === document);
  }

  /** Reads the file anew, and tries again what could not be written. */
  async load(): Promise<void> {
    await this.#inTurn(async () => {
      try {
        this.#take(await readSharedFile(this.path));
      } catch (error) {
        this.#options.onProblem((error as Error).message);
      }
    });
    if (this.#unwritten.length > 0) await this.#write();
  }

  /** Changes hold at once and are then written. What cannot be written is told, kept, and written with the next change or load. */
  async change(changes: readonly FileChange[]): Promise<void> {
    if (changes.length === 0) return;
    this.#corrections = applied(this.#corrections, changes);
    await this.#keep([...this.#unwritten, ...changes]);
    await this.#write();
  }

  async #write(): Promise<void> {
    await this.#inTurn(async () => {
      const changes = this.#unwritten;
      if (changes.length === 0) return;
      try {
        const text = await changeSharedFile(this.path, (before) => {
          refuseNewer(parseCorrections(before), this.path);
          return changeCorrections(before, changes);
        });
        await this.#keep(this.#unwritten.slice(changes.length));
        this.#take(text);
      } catch (error) {
        this.#options.onProblem(
          vscode.l10n.t('{0} Your corrections are kept and written later.', (error as Error).message),
        );
      }
    });
  }

  #take(text: string): void {
    const read = parseCorrections(text);
    if (read.problems.length > 0) this.#options.onProblem(problemsText(read, this.path));
    this.#corrections = applied(new Map(read.corrections.map((one) => [one.id, one])), this.#unwritten);
  }

  async #keep(changes: readonly FileChange[]): Promise<void> {
    if (changes.length === 0 && this.#unwritten.length === 0) return;
    this.#unwritten = changes;
    await this.#options.memory.update(this.#memoryKey, changes.length > 0 ? changes : undefined);
  }

  get #memoryKey(): string {
    return `corrections.unwritten ${this.#options.path}`;
  }

  /** Does reads and writes one after the other, so that what an older read found never replaces what a newer one did. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work);
    return this.#queue;
  }
}

function applied(
  corrections: ReadonlyMap<string, Correction>,
  changes: readonly FileChange[],
): ReadonlyMap<string, Correction> {
  const result = new Map(corrections);
  for (const change of changes) {
    if ('put' in change) result.set(change.put.id, change.put);
    else result.delete(change.remove);
  }
  return result;
}

function refuseNewer({ isWritable }: CorrectionsFile, file: string): void {
  if (isWritable) return;
  throw new UserError(
    vscode.l10n.t('{0} was written by a newer Glossight and is left as it is.', file),
    vscode.l10n.t('Update Glossight.'),
  );
}

/** The first problem of a file, and what happens meanwhile. */
function problemsText({ problems }: CorrectionsFile, file: string): string {
  const { line, kind } = problems[0]!;
  const { l10n } = vscode;
  switch (kind) {
    case 'newer version':
      return l10n.t(
        '{0} was written by a newer Glossight. What this one understands of it is used; update Glossight to change it.',
        file,
      );
    case 'merge marker':
      return l10n.t(
        '{0}, line {1}: a conflict is not settled. Both sides are used until you settle it.',
        file,
        line,
      );
    case 'no heading':
    case 'not a correction':
      return l10n.t(
        '{0}, line {1}: this is no correction. The other lines are used, and this one is kept until you mend or delete it.',
        file,
        line,
      );
  }
}
