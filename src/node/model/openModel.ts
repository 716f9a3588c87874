import path from 'node:path';
import {
  fittedFor,
  type Language,
  type LayerRule,
  type ModelBundle,
  type ModelManifest,
  type RecipeName,
  RECIPE_NAMES,
} from '../../core';
import { UserError } from '../../engine';
import { loadEncoder, type LoadedEmbedder } from '../encoder';
import { loadInventory, loadManifest, loadSenseIndex, readBytes, sha256 } from '../files';

/** The files of a model: those of the manifest, or an encoder and sense vectors of the reader's in their place. */
export interface ModelPlaces {
  readonly manifest: string;
  readonly encoder: string;
  readonly wordnet: string;
  readonly index: string;
  readonly layer: LayerRule;
  readonly recipe: RecipeName;
}

/**
 * Opens a model's parts and checks that they belong together. The sense index says which encoder and WordNet it was made for;
 * parts that ship are also compared with the manifest.
 * @throws UserError, ArtifactError
 */
export async function openModel(
  places: ModelPlaces,
  language: Language,
  openEncoder: (folder: string, layer: LayerRule) => Promise<LoadedEmbedder> = loadEncoder,
): Promise<ModelBundle> {
  const { layer, recipe } = places;
  if (!RECIPE_NAMES.includes(recipe))
    throw new UserError(`There is no recipe "${recipe}".`, `Choose ${RECIPE_NAMES.join(' or ')}.`);
  const manifest = loadManifest(places.manifest);
  const { encoder, wordPieces } = await openEncoder(places.encoder, layer);
  try {
    // Starts loading the network, which an encoder with threads does while the other parts are opened.
    await encoder.encode([], layer);
    const inventory = await loadInventory(places.wordnet, language);
    const index = await loadSenseIndex(places.index, { encoder: encoder.info, layer, inventory });
    await checkShipped(places, manifest, { encoder: encoder.info.id, wordnet: inventory.id, index: index.id });
    return {
      language: manifest.language,
      encoder,
      wordPieces,
      inventory,
      index,
      layer,
      fitted: fittedFor(manifest, recipe, index.manifest),
      licences: index.manifest.licences,
    };
  } catch (error) {
    await encoder.dispose();
    throw error;
  }
}

/** @throws UserError when the content of a file is not the one that the manifest names */
async function checkShipped(
  places: ModelPlaces,
  { encoder, wordnet, indexes }: ModelManifest,
  ids: Readonly<Record<'encoder' | 'wordnet' | 'index', string>>,
): Promise<void> {
  const index = indexes[places.recipe];
  const isShipped = (place: string, named: string): boolean =>
    path.resolve(place) === path.resolve(path.dirname(places.manifest), named);
  const shipped = [
    { place: places.encoder, named: encoder.folder, id: ids.encoder, wanted: encoder.id },
    { place: places.wordnet, named: wordnet.file, id: ids.wordnet, wanted: wordnet.sha256 },
    { place: places.index, named: index.file, id: ids.index, wanted: index.sha256 },
  ];
  const check = (place: string, id: string, wanted: string): void => {
    if (id !== wanted)
      throw new UserError(
        `${place} is not what ${places.manifest} names (${id}, not ${wanted}).`,
        'Reinstall Glossight; whoever changed the model writes its manifest with `npm run fit -- --write`.',
      );
  };
  for (const { place, named, id, wanted } of shipped) if (isShipped(place, named)) check(place, id, wanted);
  if (isShipped(places.encoder, encoder.folder)) {
    // The id may say nothing of what else decides on vectors: windows, outputs, word pieces.
    const description = path.join(places.encoder, 'encoder.json');
    check(description, sha256(await readBytes(description)), encoder.sha256);
  }
}
