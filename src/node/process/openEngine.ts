import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LayerRule, Logger } from '../../core';
import { createEngine, drawNeighbourGraph, type Engine, type NeighbourGraph } from '../../engine';
import { createEnglish, ENGLISH } from '../../languages';
import { openVectorCache } from '../cache';
import { loadEncoder, type LoadedEmbedder } from '../encoder';
import { corpusSentences } from '../files';
import { openModel } from '../model';
import type { EncoderProcessSettings } from './settings';

/** What a process may do in threads or in its main thread: run the encoder, and draw neighbour graphs. */
export interface EngineHost {
  readonly openEncoder: (folder: string, layer: LayerRule) => Promise<LoadedEmbedder>;
  readonly drawGraph: NeighbourGraph;
}

/**
 * Opens an engine in this process, from files. The encoder process and tests use it.
 * @throws UserError, ArtifactError
 */
export async function openEngine(
  settings: EncoderProcessSettings,
  logger: Logger,
  { openEncoder, drawGraph }: EngineHost = {
    openEncoder: loadEncoder,
    drawGraph: (vectors, signal) => drawNeighbourGraph(vectors, nextTurn, signal),
  },
): Promise<Engine> {
  const { corpus } = settings;
  const model = await openModel(settings, ENGLISH, openEncoder);
  const cache = settings.cache && (await openVectorCache(settings.cache, logger));
  return createEngine({
    model,
    cache,
    pack: await createEnglish(),
    corpus: corpus === undefined ? undefined : () => corpusSentences(corpus),
    drawGraph,
    nextTurn,
    dispose: async () => {
      await Promise.all([model.encoder.dispose(), cache?.close()]);
    },
  });
}
