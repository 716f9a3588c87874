import { COMMANDS } from '../../services/contributions';
import type { Disposables } from '../../services/disposables';
import type { Services } from '../../services/services';
import { type CorrectionDeps, Corrections } from './corrections';
import { pickSense } from './pickSense';
import { confirmSense, oneSense } from './settleSenses';
import { showCorrections } from './showCorrections';
import { undoCorrection } from './undoCorrection';
import { nextUse, selectUses } from './usesOfSense';
import { withdrawCorrection } from './withdrawCorrection';

export type { Corrections };

/** The senses that people chose: where they are kept, and the commands that choose and withdraw them. */
export function registerCorrections(services: Services, owned: Disposables): Corrections {
  const { store, edits, inventory, commands, context, notices, userFolder } = services;
  const corrections = owned.add(
    new Corrections({
      store,
      edits,
      inventory,
      userFolder,
      memory: context.workspaceState,
      onProblem: (message) => notices.problem(message),
    }),
  );
  const deps: CorrectionDeps = { ...services, corrections };
  commands.register(COMMANDS.pickSense, (...args) => pickSense(deps, args));
  commands.register(COMMANDS.confirmSense, (...args) => confirmSense(deps, args));
  commands.register(COMMANDS.oneSense, (...args) => oneSense(deps, args));
  commands.register(COMMANDS.withdrawCorrection, (...args) => withdrawCorrection(corrections, args));
  commands.register(COMMANDS.undoCorrection, () => undoCorrection(corrections));
  commands.register(COMMANDS.showCorrections, () => showCorrections(deps));
  commands.register(COMMANDS.selectUses, (...args) => selectUses(deps, args));
  commands.register(COMMANDS.nextUse, (...args) => nextUse(deps, args));
  return corrections;
}
