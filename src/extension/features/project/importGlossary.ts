import * as vscode from 'vscode';
import { GLOSSARY_FORMATS, glossaryFormatOf, parseGlossary } from '../../../node/project';
import { decodeText, readBytes } from '../../../node/files';
import { UserError } from '../../../engine';
import { diagnosticsOf } from './problems';
import type { ProjectSenses } from './projectSenses';

/**
 * Adds the senses of a glossary to those of the project. Entries that cannot be used are told by line, in the Problems panel.
 * @param from the file, where a menu names it; else the reader is asked
 */
export async function importGlossary(
  senses: ProjectSenses,
  problems: vscode.DiagnosticCollection,
  from: unknown,
): Promise<void> {
  const { l10n } = vscode;
  const uri = from instanceof vscode.Uri ? from : await askForFile();
  if (!uri) return;
  const format = glossaryFormatOf(uri.path);
  if (!format || uri.scheme !== 'file') {
    throw new UserError(
      l10n.t('{0} is no glossary that can be read.', uri.path),
      l10n.t('Choose a YAML, CSV or Markdown file on this machine.'),
    );
  }
  const file = senses.fileFor(uri);
  await senses.checkWritable(file);
  const text = decodeText(await readBytes(uri.fsPath), uri.fsPath);
  const read = parseGlossary(text, format, senses.language);
  problems.set(uri, diagnosticsOf(read.problems));
  if (read.senses.length > 0) await senses.add(file, read.senses);
  const imported = l10n.t('Senses imported: {0}.', read.senses.length);
  if (read.problems.length === 0) {
    void vscode.window.showInformationMessage(
      read.senses.length > 0 ? imported : l10n.t('The file has no entries that can be read as a glossary.'),
    );
    return;
  }
  const show = l10n.t('Show Problems');
  const choice = await vscode.window.showWarningMessage(
    `${imported} ${l10n.t('Entries that cannot be used: {0}.', read.problems.length)}`,
    show,
  );
  if (choice !== show) return;
  const line = read.problems[0]!.line - 1;
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(line, 0, line, 0) });
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    openLabel: vscode.l10n.t('Import'),
    filters: { [vscode.l10n.t('Glossaries')]: Object.values(GLOSSARY_FORMATS).flat() },
  });
  return files?.[0];
}
