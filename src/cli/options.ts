import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  CONSISTENCY_PROFILE_NAMES,
  type LayerRule,
  LAYER_RULES,
  type RecipeName,
  RECIPE_NAMES,
} from '../core';
import { dataPlaces } from '../node/files';
import { encoderThreads, type EncoderProcessSettings } from '../node/process';
import { InvalidArgumentError, Option } from 'commander';

/** The options of every command that reads or encodes. */
export interface ReadingOptions {
  readonly recipe: RecipeName;
  readonly layer: LayerRule;
  readonly encoder?: string;
  readonly index?: string;
}

/** `--layer` without a default, for commands where the encoder decides. */
export const anyLayerOption = (): Option =>
  new Option('--layer <rule>', 'layer rule: which hidden states make a vector').choices(
    LAYER_RULES.filter((rule) => rule !== 'static'),
  );
export const layerOption = (): Option => anyLayerOption().default('mean4');
export const recipeOption = (): Option =>
  new Option('--recipe <name>', 'how candidates are ranked').choices(RECIPE_NAMES).default('default');
export const encoderOption = (): Option =>
  new Option('--encoder <folder>', 'encoder folder (default: the one that ships)');
export const indexOption = (): Option =>
  new Option('--index <file>', 'sense index (default: the one that ships for the recipe)');

export const profileOption = (): Option =>
  new Option('--profile <name>', 'when uses are far enough apart for a consistency warning')
    .choices(CONSISTENCY_PROFILE_NAMES)
    .default('default');

/** Parses `on` or `off`. */
export function onOff(value: string): boolean {
  if (value !== 'on' && value !== 'off') throw new InvalidArgumentError('Say on or off.');
  return value === 'on';
}

/** The settings with the shipped files, or those that the user named instead. */
export function settingsOf({ recipe, layer, encoder, index }: ReadingOptions): EncoderProcessSettings {
  const places = dataPlaces(projectRoot());
  return {
    manifest: places.manifest,
    encoder: encoder ?? places.encoder,
    wordnet: places.wordnet,
    index: index ?? places.index(recipe),
    layer,
    recipe,
    threads: encoderThreads(),
  };
}

/** The folder above this file that holds Glossight's package.json. */
export function projectRoot(): string {
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (
      existsSync(manifest) &&
      (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'glossight'
    )
      return folder;
    if (folder === path.dirname(folder)) throw new Error('package.json of Glossight not found.');
  }
}

export function entryOfEncoderProcess(): string {
  return path.join(projectRoot(), 'dist', 'encoder-process.js');
}
