import { type LayerRule, RECIPE_NAMES, type RecipeName } from '../core';
import { UserError } from '../engine';
import { runWicTask, type WicFiles, type WicResult, wicTrainingBeside } from '../research';
import { settingsOf } from './options';
import { cancelOnInterrupt, createProgress, print } from './terminal';

export interface EvalWicOptions {
  readonly data: readonly string[];
  readonly gold?: string;
  /** Pairs that threshold and weights are fitted on; by default the training files in the folder of the data. */
  readonly train?: string;
  readonly trainGold?: string;
  readonly json?: boolean;
  readonly recipe: RecipeName;
  readonly layer: LayerRule;
  readonly encoder?: string;
  readonly index?: string;
}

/** `glossight eval --task wic`: has a word the same sense in two sentences? */
export async function evalWicCommand(options: EvalWicOptions): Promise<void> {
  const progress = createProgress();
  const { manifest, encoder, wordnet, layer } = settingsOf(options);
  const result = await runWicTask({
    ...filesOf(options),
    manifest,
    encoder,
    wordnet,
    layer,
    indexes: recipesOf(options).map((recipe) => ({ recipe, file: settingsOf({ ...options, recipe }).index })),
    onProgress: (done, total) => progress.show(`Pair ${done} of ${total}`),
    signal: cancelOnInterrupt(),
  });
  progress.clear();
  await print(options.json ? `${JSON.stringify(result)}\n` : resultText(result));
}

/** The recipes whose sense vectors are used: one if an index was named, else all, with the chosen recipe first. */
function recipesOf({ recipe, index }: EvalWicOptions): readonly RecipeName[] {
  return index === undefined ? [recipe, ...RECIPE_NAMES.filter((other) => other !== recipe)] : [recipe];
}

function filesOf({ data: files, gold, train, trainGold }: EvalWicOptions): {
  readonly test: WicFiles;
  readonly train: WicFiles;
} {
  const [data] = files;
  if (files.length !== 1 || data === undefined)
    throw new UserError('--task wic reads one data file.', 'Name one, such as dev.data.txt.');
  if (gold === undefined)
    throw new UserError(`${data} has no answers of its own.`, 'Name its gold file with --gold.');
  if ((train === undefined) !== (trainGold === undefined))
    throw new UserError('--train and --train-gold go together.', 'Name both, or neither.');
  const training =
    train !== undefined && trainGold !== undefined
      ? { data: train, gold: trainGold }
      : wicTrainingBeside(data);
  if (!training)
    throw new UserError(
      'There is nothing to fit the threshold on: train.data.txt and train.gold.txt are not beside the data.',
      'Name other training files with --train and --train-gold.',
    );
  return { test: { data, gold }, train: training };
}

function resultText({ pairs, methods, crossValidated, trainingPairs }: WicResult): string {
  const row = (name: string, value: number | null): string =>
    `${name.padEnd(44)}${(value?.toFixed(1) ?? '–').padStart(5)}`;
  return [
    row('cosine above a threshold', methods.threshold),
    row('same predicted sense', methods.senses),
    row('combination', methods.combination),
    row('combination, cross-validated in training', crossValidated),
    `Accuracy in percent on ${pairs} pairs, fitted on ${trainingPairs}.`,
    '',
  ].join('\n');
}
