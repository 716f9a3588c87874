import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type LanguagePack,
  type LayerRule,
  type Logger,
  RECIPE_NAMES,
  recipeFor,
  type SenseIndex,
  type SenseInventory,
} from '../../core';
import { createEngine, drawNeighbourGraph, type Engine, type NeighbourGraph, UserError } from '../../engine';
import { createEnglish } from '../../languages';
import { openVectorCache } from '../cache';
import { loadEncoder, type LoadedEmbedder } from '../encoder';
import { corpusSentences, loadInventory, loadSenseIndex } from '../files';
import type { EncoderProcessSettings } from './settings';

/** What a process does in its own way: in threads, or by itself. */
export interface EngineHost {
  readonly openEncoder: (folder: string, layer: LayerRule) => Promise<LoadedEmbedder>;
  readonly drawGraph: NeighbourGraph;
}

/**
 * An engine in this process, over files: what the encoder process runs, and tests check.
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
  const { layer, corpus } = settings;
  if (!RECIPE_NAMES.includes(settings.recipe))
    throw new UserError(`There is no recipe "${settings.recipe}".`, `Choose ${RECIPE_NAMES.join(' or ')}.`);
  const { encoder, wordPieces } = await openEncoder(settings.encoder, layer);
  // First of all: a thread of its own, if it has one, loads the network beside what follows.
  await encoder.encode([], layer);
  const cache = settings.cache && (await openVectorCache(settings.cache, logger));
  const dispose = async (): Promise<void> => {
    await Promise.all([encoder.dispose(), cache?.close()]);
  };
  let pack: LanguagePack;
  let inventory: SenseInventory;
  let index: SenseIndex;
  try {
    pack = await createEnglish();
    inventory = await loadInventory(settings.wordnet, pack);
    index = await loadSenseIndex(settings.index, { encoder: encoder.info, layer, inventory });
  } catch (error) {
    await dispose();
    throw error;
  }
  return createEngine({
    encoder,
    wordPieces,
    cache,
    pack,
    inventory,
    index,
    recipe: recipeFor(settings.recipe, index.manifest),
    layer,
    corpus: corpus === undefined ? undefined : () => corpusSentences(corpus),
    drawGraph,
    nextTurn,
    dispose,
  });
}
