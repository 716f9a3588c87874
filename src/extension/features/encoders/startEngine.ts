import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Engine } from '../../../engine';
import type { VectorCacheSettings } from '../../../node/cache';
import { createForkedEngine, encoderThreads } from '../../../node/process';
import type { Teaching } from '../../../protocol/encoder';
import type { Settings } from '../../services/contributions';
import type { OnShare } from '../../services/progress';
import type { Services } from '../../services/services';
import { setting } from '../../services/settings';
import type { Encoders } from './encoders';

/** Settings that an encoder process is started with: one that changes needs another process. */
export const ENGINE_SETTINGS = [
  'recipe',
  'layerRule',
  'encoder.source',
  'encoder.threads',
  'cache.maximumSize',
] as const satisfies readonly (keyof Settings)[];

/** What an engine is told before it reads: senses of the project, and corrections to learn from. */
export interface Taught {
  /** Resolves when both have been read from their files. */
  readonly ready: () => Promise<unknown>;
  readonly teaching: () => Teaching;
}

/**
 * Starts an engine by the settings of the moment.
 * @param onBuilding hears the share done of sense vectors that have to be built first
 * @throws UserError
 */
export async function startEngine(
  { context, places, logger }: Services,
  encoders: Encoders,
  cacheFolder: string,
  taught: Taught,
  onBuilding: OnShare,
): Promise<Engine> {
  const chosen = await encoders.resolve(onBuilding);
  await taught.ready();
  const engine = createForkedEngine({
    entry: path.join(context.extensionPath, 'dist', 'encoder-process.js'),
    settings: {
      ...chosen,
      wordnet: places.wordnet,
      corpus: places.corpus,
      threads: setting('encoder.threads') || encoderThreads(),
      cache: cacheSettings(cacheFolder),
    },
    logger,
  });
  await engine.teach(taught.teaching());
  engine.start();
  // Starting a process takes a while, and so does handing over a text: each has a turn of its own.
  await nextTurn();
  return engine;
}

function cacheSettings(folder: string): VectorCacheSettings | undefined {
  const megabytes = setting('cache.maximumSize');
  return megabytes > 0 ? { folder, maxBytes: megabytes * 1e6 } : undefined;
}
