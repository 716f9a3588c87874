import * as vscode from 'vscode';
import { COMMANDS } from '../../services/contributions';
import type { Disposables } from '../../services/disposables';
import type { Services } from '../../services/services';
import { addSense } from './addSense';
import { importGlossary } from './importGlossary';
import { ProjectSenses } from './projectSenses';

export type { ProjectSenses };

/** The senses that a project adds to WordNet's. */
export function registerProject(services: Services, owned: Disposables): ProjectSenses {
  const { inventory, commands, userFolder, notices } = services;
  const senses = owned.add(
    new ProjectSenses({
      inventory,
      userFolder,
      onProblem: (message) => notices.problem(message),
    }),
  );
  const problems = owned.add(vscode.languages.createDiagnosticCollection('glossight.glossary'));
  commands.register(COMMANDS.addSense, () => addSense(inventory, senses));
  commands.register(COMMANDS.importGlossary, (from) => importGlossary(senses, problems, from));
  return senses;
}
