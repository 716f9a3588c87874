import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type EncoderInfo,
  type Language,
  type LayerRule,
  openInventory,
  openSenseIndex,
  type RecipeName,
  type SenseIndex,
  type SenseInventory,
} from '../../core';
import { fileError, sha256 } from './files';

/** Where the shipped artifacts are, below the folder that holds package.json. */
export interface DataPlaces {
  readonly encoder: string;
  readonly wordnet: string;
  /** SemCor without the held-out documents, to build sense vectors for other encoders from. */
  readonly corpus: string;
  /** Sense vectors for the encoder that ships, as a recipe wants them: trained ones, or plain averages. */
  index(recipe: RecipeName): string;
}

export function dataPlaces(root: string): DataPlaces {
  const model = path.join(root, 'model');
  return {
    encoder: path.join(model, 'encoder'),
    wordnet: path.join(model, 'wordnet', 'wordnet.bin'),
    corpus: path.join(model, 'semcor', 'semcor.jsonl.gz'),
    index: (recipe) => path.join(model, 'senses', `${recipe}.bin`),
  };
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
