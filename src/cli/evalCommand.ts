import path from 'node:path';
import {
  createTagger,
  type LayerRule,
  type Recipe,
  recipeFor,
  type RecipeName,
  score,
  type Scores,
} from '../core';
import {
  evaluate,
  type HeldOutHalf,
  heldOutHalf,
  loadEncoder,
  loadInventory,
  loadSenseIndex,
  readDocuments,
  UserError,
} from '../runtime';
import { projectRoot, settingsOf } from './options';
import { cancelOnInterrupt, createProgress, print } from './terminal';

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

/** `glossight eval`: how often the predicted sense is a gold one. */
export async function evalCommand(options: EvalOptions): Promise<void> {
  const progress = createProgress();
  const scores = await runEvaluation(options, (done, total) => progress.show(`Document ${done} of ${total}`));
  progress.clear();
  await print(options.json ? `${JSON.stringify(scores)}\n` : scoresText(scores));
}

/** Scores with words of text read a second, loading not counted. */
export async function runEvaluation(
  options: EvalOptions,
  onProgress?: (done: number, total: number) => void,
): Promise<Scores & { readonly wordsPerSecond: number }> {
  const settings = settingsOf(options);
  const held =
    options.heldout &&
    (await heldOutHalf(path.join(projectRoot(), 'training', 'heldout.txt'), options.heldout));
  const all = (await Promise.all(options.data.map((file) => readDocuments(file, options.gold)))).flat();
  const documents = held ? all.filter(([sentence]) => held.has(sentence!.doc)) : all;
  if (documents.length === 0)
    throw new UserError('None of these documents is held out.', 'Name the corpus the list was drawn from.');
  const inventory = await loadInventory(settings.wordnet);
  const { encoder, wordPieces } = await loadEncoder(
    settings.encoder,
    options.vectors === 'static' ? 'static' : options.layer,
  );
  const index = await loadSenseIndex(settings.index, {
    encoder: encoder.info,
    layer: options.layer,
    inventory,
  });
  const recipe = recipeOf(options, index.manifest);
  const start = performance.now();
  const { outcomes, words } = await evaluate(documents, {
    encoder,
    wordPieces,
    inventory,
    tagger: createTagger(),
    index,
    layer: options.layer,
    recipe,
    raw: options.raw ?? false,
    staticVectors: options.vectors === 'static',
    order: options.heldout ? 'uses' : 'wordnet',
    ...(onProgress ? { progress: onProgress } : {}),
    cancellation: cancelOnInterrupt(),
  });
  const seconds = (performance.now() - start) / 1000;
  await encoder.dispose();
  return { ...score(outcomes), wordsPerSecond: Math.round(words / seconds) };
}

/** The named recipe with the parts that were switched. */
function recipeOf(
  { recipe: name, vectors, gloss, prior }: EvalOptions,
  vectorsOf: { readonly trained: boolean },
): Recipe {
  const recipe = recipeFor(name, vectorsOf);
  return {
    ...recipe,
    scale: vectors === 'raw' ? 'raw' : recipe.scale,
    ...(gloss === false ? { gloss: 0 } : {}),
    ...(prior === false ? { prior: 0 } : {}),
  };
}

function scoresText({
  f1,
  polysemous,
  unseen,
  instances,
  answered,
  wordsPerSecond,
}: Scores & { wordsPerSecond: number }): string {
  const show = (value: number | null): string => (value === null ? '–' : value.toFixed(1)).padStart(6);
  return [
    `F1          all ${show(f1.all)}   noun ${show(f1.noun)}   verb ${show(f1.verb)}   adj ${show(f1.adj)}   adv ${show(f1.adv)}`,
    `polysemous      ${show(polysemous)}   unseen ${show(unseen)}`,
    `${answered} of ${instances} instances answered, ${wordsPerSecond} words a second`,
    '',
  ].join('\n');
}
