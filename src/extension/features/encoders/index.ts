import path from 'node:path';
import type { Engine } from '../../../engine';
import { COMMANDS } from '../../services/contributions';
import type { Disposables } from '../../services/disposables';
import type { OnShare } from '../../services/progress';
import type { Services } from '../../services/services';
import { onSettingsChange } from '../../services/settings';
import { chooseLayerRule, chooseRecipe } from './choose';
import { chooseEncoder } from './chooseEncoder';
import { clearCache } from './clearCache';
import { Encoders } from './encoders';
import { ENGINE_SETTINGS, startEngine, type Taught } from './startEngine';

export type { Encoders };

export interface EncodersFeature {
  readonly encoders: Encoders;
  /** Where vectors are kept between readings. */
  readonly cacheFolder: string;
  /** Starts an engine by the settings of the moment. @throws UserError */
  readonly startEngine: (taught: Taught, onBuilding: OnShare) => Promise<Engine>;
}

/** What texts are read with: encoder, layer rule, recipe, sense vectors and the vector cache. */
export function registerEncoders(services: Services, owned: Disposables): EncodersFeature {
  const { scheduler, commands, context, notices, places, wordnetId } = services;
  const storage = context.globalStorageUri.fsPath;
  const cacheFolder = path.join(storage, 'vectors');
  const encoders = owned.add(
    new Encoders({
      places,
      wordnetId,
      storage,
      indexProcess: path.join(context.extensionPath, 'dist', 'index-process.js'),
    }),
  );
  // Sense vectors under way are for the encoder and layer rule of before.
  owned.add(onSettingsChange(['encoder.source', 'layerRule'], () => encoders.cancelBuilds()));
  owned.add(
    onSettingsChange(ENGINE_SETTINGS, () => {
      notices.forget();
      void scheduler.restart();
    }),
  );
  commands.register(COMMANDS.chooseRecipe, () => chooseRecipe());
  commands.register(COMMANDS.chooseLayerRule, () => chooseLayerRule());
  commands.register(COMMANDS.chooseEncoder, () => chooseEncoder(encoders));
  commands.register(COMMANDS.clearCache, () => clearCache(scheduler, cacheFolder));
  return {
    encoders,
    cacheFolder,
    startEngine: (taught, onBuilding) => startEngine(services, encoders, cacheFolder, taught, onBuilding),
  };
}
