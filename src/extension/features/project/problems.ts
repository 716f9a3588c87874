import * as vscode from 'vscode';
import type { TermFault } from '../../../core';
import type { SenseProblem } from '../../../node/project';

/** What is wrong with an entry, in the reader's language. */
export function senseProblemText({ kind, about }: SenseProblem): string {
  const { l10n } = vscode;
  switch (kind) {
    case 'not readable':
      return l10n.t('This cannot be read: {0}', about);
    case 'newer version':
      return l10n.t('This was written by a newer Glossight. Update Glossight to change it.');
    case 'not an entry':
      return l10n.t('An entry needs at least a word and a definition.');
    case 'no word':
      return l10n.t('The entry names no word.');
    case 'no definition':
      return l10n.t('“{0}” has no definition.', about);
    case 'unknown part of speech':
      return l10n.t('“{0}” is no part of speech. Use noun, verb, adj or adv.', about);
    case 'unknown place':
      return l10n.t('“{0}” says nothing about WordNet’s senses. Use beside, below or hidden.', about);
    case 'given twice':
      return l10n.t('This sense of “{0}” is there already. Give it an id of its own.', about);
    default:
      return termFaultText(kind, about);
  }
}

/** Why a word could be found in no text, and what to do. */
export function termFaultText(fault: TermFault, word: string): string {
  const { l10n } = vscode;
  switch (fault) {
    case 'no letter':
      return l10n.t('“{0}” can never be found: it has no letter and no digit. Name it with a word.', word);
    case 'hidden character':
      return l10n.t('“{0}” can never be found: it holds a character that is not seen. Type it anew.', word);
    case 'percent sign':
      return l10n.t('“{0}” can never be found: it holds a percent sign. Write it out.', word);
    case 'too long':
      return l10n.t('“{0}” can never be found: it is too long. Use a shorter form of it.', word);
  }
}

/** The problems of a file, for the Problems panel. */
export function diagnosticsOf(problems: readonly SenseProblem[]): vscode.Diagnostic[] {
  return problems.map((problem) => {
    const line = problem.line - 1;
    const range = new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER);
    const diagnostic = new vscode.Diagnostic(
      range,
      senseProblemText(problem),
      vscode.DiagnosticSeverity.Warning,
    );
    diagnostic.source = 'Glossight';
    diagnostic.code = problem.kind.replaceAll(' ', '-');
    return diagnostic;
  });
}
