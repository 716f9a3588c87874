import { COMMANDS } from '../../services/contributions';
import type { Disposables } from '../../services/disposables';
import type { ChosenSenses } from '../../services/passage';
import type { Services } from '../../services/services';
import { copySenseKey } from './copySenseKey';
import { disambiguateSelection } from './disambiguateSelection';
import { SensesTree } from './sensesTree';
import { showAllSenses } from './showAllSenses';

export type { SensesTree };

/** Senses to read and to copy: of a passage, of a word, and the tree of a document's. */
export function registerSenses(services: Services, chosen: ChosenSenses, owned: Disposables): SensesTree {
  const { store, inventory, commands, reports } = services;
  const deps = { ...services, chosen };
  commands.register(COMMANDS.disambiguateSelection, (...args) => disambiguateSelection(deps, args));
  commands.register(COMMANDS.showAllSenses, (...args) => showAllSenses(deps, args));
  commands.register(COMMANDS.copySenseKey, (...args) => copySenseKey(deps, args));
  commands.register(COMMANDS.copySensesAsMarkdown, (from) => reports.copy('markdown', from));
  commands.register(COMMANDS.copySensesAsJson, (from) => reports.copy('json', from));
  return owned.add(new SensesTree(store, inventory));
}
