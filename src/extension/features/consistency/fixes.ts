import * as vscode from 'vscode';
import {
  CONSISTENCY_CODE,
  type ConsistencyWarning,
  replacementsFor,
  type SenseInventory,
} from '../../../core';
import type { Findings } from './findings';
import { type IgnoreScope, ignoreScopes } from './options';
import { type CommandId, COMMANDS } from '../../services/contributions';
import { rangeOf, spanOf } from '../../services/positions';

/** Text before a word that is looked at for its article and auxiliary. */
const BEFORE = 40;
/** More would hide the other fixes. */
const MOST_SYNONYMS = 4;
/** Characters of a gloss in the title of a fix. */
const MOST_GLOSS = 50;

/** What can be done about a consistency warning. */
export class ConsistencyFixes implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  };
  readonly #findings: Findings;
  readonly #inventory: SenseInventory;

  constructor(findings: Findings, inventory: SenseInventory) {
    this.#findings = findings;
    this.#inventory = inventory;
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const { start, end } = spanOf(document, range);
    const warnings = this.#findings.get(document)?.warnings ?? [];
    return warnings
      .filter((warning) => warning.start <= end && warning.end >= start)
      .flatMap((warning) => {
        const own = diagnostics.filter(
          (one) => one.code === CONSISTENCY_CODE && one.range.isEqual(rangeOf(document, warning)),
        );
        const actions = [
          goToUses(document, warning),
          ...this.#settle(document, warning),
          ...this.#synonyms(document, warning),
          ...ignoreScopes(document.uri).map((scope) => ignore(document, warning, scope)),
        ];
        for (const action of actions) action.diagnostics = own;
        return actions;
      });
  }

  /** Fixes that say which sense is meant; each makes corrections. */
  #settle(document: vscode.TextDocument, warning: ConsistencyWarning): vscode.CodeAction[] {
    const { l10n } = vscode;
    const { start, lemma, sense, elsewhere } = warning;
    const glossOf = (one: number): string => shortened(this.#inventory.describe(one).gloss);
    const place = [document.uri.toString(), start];
    return [
      asking(l10n.t('Right as it is: ‘{0}’', glossOf(sense)), COMMANDS.confirmSense, place),
      asking(l10n.t('This use means …'), COMMANDS.pickSense, place),
      asking(
        l10n.t('One sense for “{0}” in this document: ‘{1}’', nameOf(lemma), glossOf(elsewhere)),
        COMMANDS.oneSense,
        [...place, this.#inventory.key(elsewhere)],
      ),
    ];
  }

  #synonyms(document: vscode.TextDocument, warning: ConsistencyWarning): vscode.CodeAction[] {
    const text = document.getText(rangeOf(document, warning));
    const start = Math.max(0, warning.start - BEFORE);
    const before = document.getText(rangeOf(document, { start, end: warning.start }));
    return replacementsFor(warning, text, before, this.#inventory)
      .slice(0, MOST_SYNONYMS)
      .map((replacement) => {
        const action = quickFix(vscode.l10n.t('Replace with “{0}”', replacement.text));
        const replaced = { start: warning.start - replacement.before, end: warning.end };
        action.edit = new vscode.WorkspaceEdit();
        action.edit.replace(document.uri, rangeOf(document, replaced), replacement.text);
        return action;
      });
  }
}

function goToUses(
  document: vscode.TextDocument,
  { start, lemma, cited, alike }: ConsistencyWarning,
): vscode.CodeAction {
  const { l10n } = vscode;
  const title = l10n.t('Show the other uses of “{0}”', nameOf(lemma));
  const action = quickFix(title);
  const locations = [...cited, ...alike].map(
    (word) => new vscode.Location(document.uri, rangeOf(document, word)),
  );
  action.command = {
    title,
    command: 'editor.action.goToLocations',
    arguments: [
      document.uri,
      document.positionAt(start),
      locations,
      'peek',
      l10n.t('There are none any more.'),
    ],
  };
  return action;
}

function ignore(
  document: vscode.TextDocument,
  { lemma }: ConsistencyWarning,
  scope: IgnoreScope,
): vscode.CodeAction {
  const title = ignoreTitle(nameOf(lemma), scope);
  return asking(title, COMMANDS.ignoreWord, [lemma, scope, document.uri.toString()]);
}

/** A fix that a command of ours does. */
function asking(title: string, command: CommandId, args: readonly unknown[]): vscode.CodeAction {
  const action = quickFix(title);
  action.command = { title, command, arguments: [...args] };
  return action;
}

/** A gloss in the middle of a menu. */
function shortened(gloss: string): string {
  return gloss.length <= MOST_GLOSS ? gloss : `${gloss.slice(0, gloss.lastIndexOf(' ', MOST_GLOSS - 2))} …`;
}

function ignoreTitle(word: string, scope: IgnoreScope): string {
  const { l10n } = vscode;
  switch (scope) {
    case 'document':
      return l10n.t('Ignore “{0}” in this document', word);
    case 'workspace':
      return l10n.t('Ignore “{0}” in this workspace', word);
    case 'user':
      return l10n.t('Ignore “{0}” everywhere', word);
  }
}

function nameOf(lemma: string): string {
  return lemma.replaceAll('_', ' ');
}

function quickFix(title: string): vscode.CodeAction {
  return new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
}
