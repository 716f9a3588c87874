import * as vscode from 'vscode';
import type { AnnotationStore, ProjectInventory } from '../core';
import type { Findings } from './features/consistency/findings';
import { type CommandId, COMMANDS } from './services/contributions';
import type { Corrections } from './features/corrections/corrections';
import { Disposables } from './services/disposables';
import type { Edits } from './services/edits';
import type { Encoders } from './features/encoders/encoders';
import type { InstancesPanel } from './features/instances/panel';
import type { ProjectSenses } from './features/project/projectSenses';
import type { Scheduler } from './services/scheduler';
import { addSense } from './features/project/addSense';
import { checkConsistency } from './features/consistency/checkConsistency';
import { chooseLayerRule, chooseRecipe } from './features/encoders/choose';
import { chooseEncoder } from './features/encoders/chooseEncoder';
import { clearCache } from './features/encoders/clearCache';
import { copySenseKey } from './features/senses/copySenseKey';
import { disambiguateSelection } from './features/senses/disambiguateSelection';
import { ignoreWord } from './features/consistency/ignoreWord';
import { importGlossary } from './features/project/importGlossary';
import { showMenu } from './features/reading/menu';
import { pickSense } from './features/corrections/pickSense';
import { readDocument, rereadDocument, stopReading } from './features/reading/reading';
import { SensesDocuments } from './features/senses/sensesDocuments';
import { showAllSenses } from './features/senses/showAllSenses';
import { confirmSense, oneSense } from './features/corrections/settleSenses';
import {
  compareInstances,
  focusInstances,
  showSimilarInstances,
} from './features/instances/similarInstances';
import { showCorrections } from './features/corrections/showCorrections';
import { toggleAnnotations } from './features/marks/toggleAnnotations';
import { undoCorrection } from './features/corrections/undoCorrection';
import { nextUse, selectUses } from './features/corrections/uses';
import { withdrawCorrection } from './features/corrections/withdrawCorrection';

/** What commands work on. */
export interface CommandDeps {
  readonly store: AnnotationStore;
  readonly edits: Edits;
  readonly scheduler: Scheduler;
  readonly inventory: ProjectInventory;
  readonly corrections: Corrections;
  readonly documents: SensesDocuments;
  readonly findings: Findings;
}

export interface CommandOptions extends Omit<CommandDeps, 'documents'> {
  readonly channel: vscode.LogOutputChannel;
  /** What the workspace remembers. */
  readonly memory: vscode.Memento;
  /** Where vectors are kept. */
  readonly cacheFolder: string;
  readonly encoders: Encoders;
  readonly instances: InstancesPanel;
  readonly senses: ProjectSenses;
}

/** Registers the commands, each from a file of its own. */
export function registerCommands({
  channel,
  memory,
  cacheFolder,
  encoders,
  instances,
  senses,
  ...rest
}: CommandOptions): Disposables {
  const owned = new Disposables();
  const deps: CommandDeps = { ...rest, documents: owned.add(new SensesDocuments()) };
  const { scheduler, documents } = deps;
  const glossaryProblems = owned.add(vscode.languages.createDiagnosticCollection('glossight.glossary'));
  const on = (id: CommandId, run: (...args: readonly unknown[]) => unknown): void => {
    const told = async (...args: readonly unknown[]): Promise<void> => {
      try {
        await run(...args);
      } catch (error) {
        channel.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
    };
    owned.add(vscode.commands.registerCommand(id, told));
  };
  on(COMMANDS.disambiguateSelection, (...args) => disambiguateSelection(deps, args));
  on(COMMANDS.showAllSenses, (...args) => showAllSenses(deps, args));
  on(COMMANDS.showSimilarInstances, (...args) => showSimilarInstances(deps, instances, args));
  on(COMMANDS.compareInstances, () => compareInstances(deps, instances));
  on(COMMANDS.focusInstances, () => focusInstances(instances));
  on(COMMANDS.checkConsistency, (...args) => checkConsistency(deps, args));
  on(COMMANDS.ignoreWord, (...args) => ignoreWord(deps, args));
  on(COMMANDS.pickSense, (...args) => pickSense(deps, args));
  on(COMMANDS.confirmSense, (...args) => confirmSense(deps, args));
  on(COMMANDS.oneSense, (...args) => oneSense(deps, args));
  on(COMMANDS.withdrawCorrection, (...args) => withdrawCorrection(deps, args));
  on(COMMANDS.undoCorrection, () => undoCorrection(deps));
  on(COMMANDS.showCorrections, () => showCorrections(deps));
  on(COMMANDS.selectUses, (...args) => selectUses(deps, args));
  on(COMMANDS.nextUse, (...args) => nextUse(deps, args));
  on(COMMANDS.addSense, () => addSense(deps, senses));
  on(COMMANDS.importGlossary, (from) => importGlossary(senses, glossaryProblems, from));
  on(COMMANDS.copySenseKey, (...args) => copySenseKey(deps, args));
  on(COMMANDS.copySensesAsMarkdown, (from) => documents.copy('markdown', from));
  on(COMMANDS.copySensesAsJson, (from) => documents.copy('json', from));
  on(COMMANDS.toggleAnnotations, () => toggleAnnotations(memory));
  on(COMMANDS.readDocument, () => readDocument(scheduler));
  on(COMMANDS.stopReading, () => stopReading(scheduler));
  on(COMMANDS.rereadDocument, () => rereadDocument(scheduler));
  on(COMMANDS.chooseRecipe, () => chooseRecipe());
  on(COMMANDS.chooseLayerRule, () => chooseLayerRule());
  on(COMMANDS.chooseEncoder, () => chooseEncoder(encoders));
  on(COMMANDS.clearCache, () => clearCache(scheduler, cacheFolder));
  on(COMMANDS.showMenu, () => showMenu(scheduler));
  on(COMMANDS.showLog, () => channel.show());
  on(COMMANDS.openSettings, () =>
    vscode.commands.executeCommand('workbench.action.openSettings', '@ext:glossight.glossight'),
  );
  return owned;
}
