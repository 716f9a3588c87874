import * as vscode from 'vscode';
import type { FileChange } from '../../../core';
import type { CorrectionFile } from './correctionFile';
import type { FiledUnder, CorrectionFiles } from './correctionFiles';

/** Takes the corrections of a document to its new name, in another file perhaps. */
export async function moveCorrections(from: CorrectionFile, name: string, to: FiledUnder): Promise<void> {
  const moving = from.of(name);
  const put = moving.map((correction): FileChange => ({ put: { ...correction, document: to.name } }));
  if (from === to.file) {
    await from.change(put);
    return;
  }
  // Written before they are removed: a failure in between leaves them in both files, and not in none.
  await to.file.change(put);
  await from.change(moving.map(({ id }): FileChange => ({ remove: id })));
}

/** Takes corrections along with files and folders that were renamed. */
export async function renameDocuments(
  files: CorrectionFiles,
  renamed: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[],
): Promise<void> {
  for (const { oldUri, newUri } of renamed) {
    const old = oldUri.toString();
    for (const file of files.all) {
      const names = new Map(
        file.corrections.map((one) => [files.addressOf(file, one).toString(), one.document]),
      );
      for (const [address, name] of names) {
        if (address !== old && !address.startsWith(`${old}/`)) continue;
        const target = vscode.Uri.parse(newUri.toString() + address.slice(old.length));
        await moveCorrections(file, name, files.filedUnder(target));
      }
    }
  }
}

/** An untitled document that is saved closes about when a file of its text opens. */
const SAVING_MS = 10_000;

/** Remembers untitled documents that were just closed, to know them again as files. */
export class ClosedUntitled {
  #closed: readonly { readonly text: string; readonly name: string; readonly at: number }[] = [];

  add(name: string, text: string): void {
    this.#closed = [...this.#recent(), { text, name, at: Date.now() }];
  }

  /** The name of the one that had this text, which is forgotten. */
  take(text: string): string | undefined {
    const found = this.#recent().find((closed) => closed.text === text);
    this.#closed = this.#recent().filter((closed) => closed !== found);
    return found?.name;
  }

  #recent(): readonly { readonly text: string; readonly name: string; readonly at: number }[] {
    const since = Date.now() - SAVING_MS;
    return this.#closed.filter(({ at }) => at > since);
  }
}
