import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type EncoderInfo,
  fittedFor,
  type FittedValues,
  type Language,
  type LayerRule,
  type ModelManifest,
  openIndexManifest,
  openInventory,
  openSenseIndex,
  parseManifest,
  type RecipeName,
  type SenseIndex,
  type SenseIndexManifest,
  type SenseInventory,
} from '../../core';
import { fileError, sha256 } from './files';

/** Paths of the shipped model's parts, from its manifest. */
export interface DataPlaces {
  /** Path of the manifest itself. */
  readonly manifest: string;
  readonly encoder: string;
  readonly wordnet: string;
  /** SemCor without the held-out documents, to build sense vectors for other encoders from. */
  readonly corpus: string;
  /** The index of sense vectors that ships for a recipe: of trained vectors, or of averages. */
  index(recipe: RecipeName): string;
}

/**
 * @param root the folder that holds package.json
 * @throws UserError, ArtifactError when there is no usable manifest
 */
export function dataPlaces(root: string): DataPlaces {
  const manifest = path.join(root, 'model', 'manifest.json');
  const { encoder, wordnet, corpus, indexes } = loadManifest(manifest);
  const place = (file: string): string => path.join(path.dirname(manifest), ...file.split('/'));
  return {
    manifest,
    encoder: place(encoder.folder),
    wordnet: place(wordnet.file),
    corpus: place(corpus.file),
    index: (recipe) => place(indexes[recipe].file),
  };
}

/** @throws UserError, ArtifactError */
export function loadManifest(file: string): ModelManifest {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw fileError(error, file, 'read');
  }
  return parseManifest(text, (part) => sha256(Buffer.from(part)));
}

/**
 * The fitted values that go with an index. Only the index's header is used: this is for processes that show readings and do not
 * make them.
 * @throws UserError, ArtifactError
 */
export async function loadFitted(manifest: string, recipe: RecipeName, index: string): Promise<FittedValues> {
  const model = loadManifest(manifest);
  const shipped = path.resolve(path.dirname(manifest), model.indexes[recipe].file);
  if (path.resolve(index) === shipped) return model.fitted[recipe];
  return fittedFor(model, recipe, await loadIndexManifest(index));
}

/**
 * The manifest of a sense index. Kind, version and header are checked; its vectors are not looked at.
 * @throws UserError, ArtifactError
 */
export async function loadIndexManifest(file: string): Promise<SenseIndexManifest> {
  return openIndexManifest(await readBytes(file)).manifest;
}

/** @throws UserError, ArtifactError */
export async function loadInventory(file: string, language: Language): Promise<SenseInventory> {
  return openInventory(await readBytes(file), language, sha256);
}

/** @throws UserError, ArtifactError */
export async function loadSenseIndex(
  file: string,
  expected: { readonly encoder: EncoderInfo; readonly layer: LayerRule; readonly inventory: SenseInventory },
): Promise<SenseIndex> {
  return openSenseIndex(await readBytes(file), expected, sha256);
}

/** @throws UserError */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw fileError(error, file, 'read');
  }
}
