import * as vscode from 'vscode';
import {
  CONSISTENCY_CODE,
  type ConsistencyWarning,
  messageOf,
  type SenseInventory,
  type Span,
} from '../../../core';
import type { DocumentWarnings, Findings } from './findings';
import { consistencyStrings } from './texts';
import { Disposables } from '../../services/disposables';
import { rangeOf } from '../../services/positions';
import { setting } from '../../services/settings';

/** Consistency warnings as diagnostics, so that they stand in the text and under Problems. */
export class ConsistencyDiagnostics implements vscode.Disposable {
  readonly #findings: Findings;
  readonly #inventory: SenseInventory;
  readonly #owned = new Disposables();
  readonly #collection = this.#owned.add(vscode.languages.createDiagnosticCollection('glossight'));

  constructor(findings: Findings, inventory: SenseInventory) {
    this.#findings = findings;
    this.#inventory = inventory;
    this.#owned.add(findings.onDidChange((key) => this.#show(key)));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #show(key: string): void {
    const found = this.#findings.getByKey(key);
    const severity = found && severityOf(found);
    if (!found || severity === undefined) {
      this.#collection.delete(vscode.Uri.parse(key, true));
      return;
    }
    const { document, warnings } = found;
    this.#collection.set(
      document.uri,
      warnings.map((warning) => this.#diagnostic(document, warning, severity)),
    );
  }

  #diagnostic(
    document: vscode.TextDocument,
    warning: ConsistencyWarning,
    severity: vscode.DiagnosticSeverity,
  ): vscode.Diagnostic {
    const { l10n } = vscode;
    const range = rangeOf(document, warning);
    const message = messageOf({ warning, text: document.getText(range) }, this.#inventory);
    const diagnostic = new vscode.Diagnostic(range, consistencyStrings().message(message), severity);
    const related = (words: readonly Span[], text: string): vscode.DiagnosticRelatedInformation[] =>
      words.map(
        (word) =>
          new vscode.DiagnosticRelatedInformation(
            new vscode.Location(document.uri, rangeOf(document, word)),
            text,
          ),
      );
    diagnostic.source = 'Glossight';
    diagnostic.code = CONSISTENCY_CODE;
    diagnostic.relatedInformation = [
      ...related(warning.cited, l10n.t('‘{0}’ here', message.elsewhere)),
      ...related(warning.alike, l10n.t('‘{0}’ here too', message.here)),
    ];
    return diagnostic;
  }
}

/** `undefined`: not shown. */
function severityOf({ document, isAsked }: DocumentWarnings): vscode.DiagnosticSeverity | undefined {
  const { DiagnosticSeverity } = vscode;
  switch (setting('consistency.severity', document)) {
    case 'automatic':
      return isAsked ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information;
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
    case 'off':
      return undefined;
  }
}
