import path from 'node:path';
import {
  type ArtifactKind,
  INVENTORY,
  type ManifestFile,
  manifestText,
  type ModelManifest,
  openArtifact,
  type RecipeName,
  SENSE_INDEX,
  type SenseIndexManifest,
} from '../../core';
import { openEncoderFolder } from '../../node/encoder';
import { dataPlaces, readBytes, sha256, writeWhole } from '../../node/files';
import type { ModelPlaces } from '../../node/model';

const root = path.resolve(__dirname, '..', '..', '..');

/** Paths of the shipped model for a recipe. */
export function shippedPlaces(recipe: RecipeName): ModelPlaces {
  const places = dataPlaces(root);
  return { ...places, index: places.index(recipe), recipe, layer: 'mean4' };
}

/** Names of the files in a model's folder. */
const FILES = {
  encoder: 'encoder',
  wordnet: 'wordnet/wordnet.bin',
  corpus: 'semcor/semcor.jsonl.gz',
  indexes: { default: 'senses/default.bin', textbook: 'senses/textbook.bin' },
} as const;

/**
 * The manifest's contents for the files that are in a model's folder now, with these values.
 * @param folder of the model
 * @throws UserError, ArtifactError
 */
export async function describeModel(
  folder: string,
  fitted: ModelManifest['fitted'],
): Promise<Omit<ModelManifest, 'id'>> {
  const artifact = async (
    file: string,
    kind: ArtifactKind,
  ): Promise<{ record: ManifestFile; manifest: unknown }> => {
    const bytes = await readBytes(path.join(folder, file));
    const { sha256: digest, manifest } = openArtifact(bytes, kind, sha256);
    return { record: { file, bytes: bytes.length, sha256: digest }, manifest };
  };
  const encoder = await openEncoderFolder(path.join(folder, FILES.encoder));
  const wordnet = await artifact(FILES.wordnet, INVENTORY);
  const index = await artifact(FILES.indexes.default, SENSE_INDEX);
  const textbook = await artifact(FILES.indexes.textbook, SENSE_INDEX);
  const corpus = await readBytes(path.join(folder, FILES.corpus));
  return {
    language: 'en',
    encoder: {
      folder: FILES.encoder,
      id: encoder.info.id,
      sha256: sha256(await readBytes(path.join(folder, FILES.encoder, 'encoder.json'))),
    },
    wordnet: { ...wordnet.record, edition: (wordnet.manifest as { readonly edition: string }).edition },
    corpus: { file: FILES.corpus, bytes: corpus.length, sha256: sha256(corpus) },
    indexes: { default: index.record, textbook: textbook.record },
    licences: (index.manifest as SenseIndexManifest).licences,
    fitted,
  };
}

/** Writes the manifest for the files as they are now, with these values. @throws UserError, ArtifactError */
export async function writeManifest(manifest: string, fitted: ModelManifest['fitted']): Promise<void> {
  const model = await describeModel(path.dirname(manifest), fitted);
  await writeWhole(
    manifest,
    manifestText(model, (text) => sha256(Buffer.from(text))),
  );
}
