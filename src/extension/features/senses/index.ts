import { COMMANDS } from '../../services/contributions';
import type { Disposables } from '../../services/disposables';
import type { Services } from '../../services/services';
import { copySenseKey } from './copySenseKey';
import { disambiguateSelection } from './disambiguateSelection';
import { SensesTree } from './sensesTree';
import { showAllSenses } from './showAllSenses';

export type { SensesTree };

/** Senses to read and to copy: of a passage, of a word, and the tree of a document's. */
export function registerSenses(services: Services, owned: Disposables): SensesTree {
  const { store, inventory, commands, reports } = services;
  commands.register(COMMANDS.disambiguateSelection, (...args) => disambiguateSelection(services, args));
  commands.register(COMMANDS.showAllSenses, (...args) => showAllSenses(services, args));
  commands.register(COMMANDS.copySenseKey, (...args) => copySenseKey(services, args));
  commands.register(COMMANDS.copySensesAsMarkdown, (from) => reports.copy('markdown', from));
  commands.register(COMMANDS.copySensesAsJson, (from) => reports.copy('json', from));
  return owned.add(new SensesTree(store, inventory));
}
