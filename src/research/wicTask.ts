import { fittedFor, type LayerRule, type RecipeName } from '../core';
import { loadEncoder } from '../node/encoder';
import { ENGLISH } from '../languages';
import { loadInventory, loadManifest, loadSenseIndex } from '../node/files';
import { readPairs } from './wicEvaluation';
import { readWic, type WicFiles } from './wicFiles';
import { crossValidated, type PairScores, scorePairs } from './wordInContext';

/** Accuracies in percent; `accuracy` is that of the combination. */
export interface WicResult {
  readonly accuracy: number;
  readonly pairs: number;
  readonly methods: PairScores;
  /** Cross-validated accuracy of the combination on the training pairs; null if they are all of one lemma. */
  readonly crossValidated: number | null;
  readonly trainingPairs: number;
}

export interface WicTask {
  readonly test: WicFiles;
  /** The pairs that threshold and weights are fitted on. */
  readonly train: WicFiles;
  /** Path of the shipped model's manifest, which holds the fitted values. */
  readonly manifest: string;
  /** Folder of the encoder, and file of the inventory. */
  readonly encoder: string;
  readonly wordnet: string;
  /** Files of sense vectors; the first one decides in the method of predicted senses. */
  readonly indexes: readonly { readonly file: string; readonly recipe: RecipeName }[];
  readonly layer: LayerRule;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Has a word one sense in two sentences? Fitted on training pairs, scored on test pairs. @throws UserError, CancelledError */
export async function runWicTask(task: WicTask): Promise<WicResult> {
  const { layer, onProgress, signal } = task;
  const [testPairs, trainPairs] = await Promise.all([readWic(task.test), readWic(task.train)]);
  const total = trainPairs.length + testPairs.length;
  const manifest = loadManifest(task.manifest);
  const inventory = await loadInventory(task.wordnet, ENGLISH);
  const { encoder, wordPieces } = await loadEncoder(task.encoder, layer);
  const kinds = await Promise.all(
    task.indexes.map(async ({ file, recipe }) => {
      const index = await loadSenseIndex(file, { encoder: encoder.info, layer, inventory });
      return { index, recipe: fittedFor(manifest, recipe, index.manifest).recipe };
    }),
  );
  const read = await readPairs([...trainPairs, ...testPairs], {
    encoder,
    wordPieces,
    inventory,
    kinds,
    layer,
    ...(onProgress ? { progress: (done: number) => onProgress(done, total) } : {}),
    ...(signal ? { signal } : {}),
  });
  await encoder.dispose();
  const fitted = read.slice(0, trainPairs.length);
  const methods = scorePairs(fitted, read.slice(trainPairs.length));
  return {
    accuracy: methods.combination,
    pairs: testPairs.length,
    methods,
    crossValidated: crossValidated(fitted),
    trainingPairs: trainPairs.length,
  };
}
