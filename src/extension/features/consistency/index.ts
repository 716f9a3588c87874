import * as vscode from 'vscode';
import type { ConsistencyThresholds } from '../../../core';
import { COMMANDS } from '../../services/contributions';
import type { Disposables } from '../../services/disposables';
import type { Services } from '../../services/services';
import { checkConsistency } from './checkConsistency';
import { ConsistencyDiagnostics } from './diagnostics';
import { Findings } from './findings';
import { ConsistencyFixes } from './fixes';
import { ignoreWord } from './ignoreWord';

export type { Findings };

/**
 * Warnings of words used in two senses, with their quick fixes.
 * @param thresholds fitted to the sense vectors that texts are read with
 */
export function registerConsistency(
  services: Services,
  thresholds: () => ConsistencyThresholds,
  owned: Disposables,
): Findings {
  const { inventory, commands } = services;
  const findings = owned.add(new Findings({ ...services, thresholds }));
  owned.add(new ConsistencyDiagnostics(findings, inventory));
  owned.add(
    vscode.languages.registerCodeActionsProvider(
      { pattern: '**' },
      new ConsistencyFixes(findings, inventory),
      ConsistencyFixes.metadata,
    ),
  );
  const deps = { ...services, findings };
  commands.register(COMMANDS.checkConsistency, (...args) => checkConsistency(deps, args));
  commands.register(COMMANDS.ignoreWord, (...args) => ignoreWord(deps, args));
  return findings;
}
