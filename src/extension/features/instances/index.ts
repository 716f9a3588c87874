import path from 'node:path';
import { COMMANDS } from '../../services/contributions';
import type { Disposables } from '../../services/disposables';
import type { Services } from '../../services/services';
import { readLayers } from './layers';
import { InstancesPanel } from './panel';
import { compareInstances, focusInstances, showSimilarInstances } from './similarInstances';

export type { InstancesPanel };

/** The panel of similar instances and the sense map. */
export async function registerInstances(services: Services, owned: Disposables): Promise<InstancesPanel> {
  const { commands, context } = services;
  const layers = await readLayers(path.join(context.extensionPath, 'media', 'anisotropy.json'));
  const panel = owned.add(new InstancesPanel({ ...services, extension: context.extensionUri, layers }));
  commands.register(COMMANDS.showSimilarInstances, (...args) => showSimilarInstances(services, panel, args));
  commands.register(COMMANDS.compareInstances, () => compareInstances(services, panel));
  commands.register(COMMANDS.focusInstances, () => focusInstances(panel));
  return panel;
}
