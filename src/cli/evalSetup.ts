import path from 'node:path';
import { createEnglish } from '../languages';
import {
  fittedFor,
  type FittedValues,
  type LayerRule,
  type Recipe,
  type RecipeName,
  type TaggedSentence,
} from '../core';
import { type EvaluationOptions, type HeldOutHalf, heldOutHalf, readDocuments } from '../research';
import { loadEncoder } from '../node/encoder';
import { loadInventory, loadManifest, loadSenseIndex } from '../node/files';
import { UserError } from '../engine';
import { projectRoot, settingsOf } from './options';
import { cancelOnInterrupt, createProgress } from './terminal';

/** The options of every task on tagged documents. */
export interface EvalOptions {
  readonly data: readonly string[];
  readonly gold?: string;
  readonly json?: boolean;
  readonly raw?: boolean;
  readonly recipe: RecipeName;
  readonly layer: LayerRule;
  readonly encoder?: string;
  readonly index?: string;
  readonly vectors?: Recipe['scale'] | 'static';
  readonly gloss?: boolean;
  readonly prior?: boolean;
  readonly heldout?: HeldOutHalf;
}

/** Loads what a task needs, runs it with progress on the terminal, and releases everything. @throws UserError, CancelledError */
export async function withEvaluation<T>(
  options: EvalOptions,
  task: (documents: readonly (readonly TaggedSentence[])[], evaluation: EvaluationOptions) => Promise<T>,
): Promise<T> {
  const settings = settingsOf(options);
  const held =
    options.heldout &&
    (await heldOutHalf(path.join(projectRoot(), 'training', 'heldout.txt'), options.heldout));
  const all = (await Promise.all(options.data.map((file) => readDocuments(file, options.gold)))).flat();
  const documents = held ? all.filter(([sentence]) => held.has(sentence!.doc)) : all;
  if (documents.length === 0)
    throw new UserError('None of these documents is held out.', 'Name the corpus the list was drawn from.');
  const pack = await createEnglish();
  const inventory = await loadInventory(settings.wordnet, pack);
  const { encoder, wordPieces } = await loadEncoder(
    settings.encoder,
    options.vectors === 'static' ? 'static' : options.layer,
  );
  const index = await loadSenseIndex(settings.index, {
    encoder: encoder.info,
    layer: options.layer,
    inventory,
  });
  const progress = createProgress();
  try {
    return await task(documents, {
      encoder,
      wordPieces,
      pack,
      inventory,
      index,
      layer: options.layer,
      fitted: switched(fittedFor(loadManifest(settings.manifest), options.recipe, index.manifest), options),
      raw: options.raw ?? false,
      staticVectors: options.vectors === 'static',
      order: options.heldout ? 'uses' : 'wordnet',
      progress: (done, total) => progress.show(`Document ${done} of ${total}`),
      signal: cancelOnInterrupt(),
    });
  } finally {
    progress.clear();
    await encoder.dispose();
  }
}

/** The fitted values, with parts of the recipe switched as the options say. */
function switched(fitted: FittedValues, { vectors, gloss, prior }: EvalOptions): FittedValues {
  const { recipe } = fitted;
  return {
    ...fitted,
    recipe: {
      ...recipe,
      scale: vectors === 'raw' ? 'raw' : recipe.scale,
      ...(gloss === false ? { gloss: 0 } : {}),
      ...(prior === false ? { prior: 0 } : {}),
    },
  };
}
