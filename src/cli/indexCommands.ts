import {
  createWordPieceTokenizer,
  type LayerRule,
  openArtifact,
  SENSE_INDEX,
  type SenseIndexManifest,
} from '../core';
import {
  buildSenseIndex,
  dataPlaces,
  heldOutDocuments,
  loadInventory,
  loadOnnxEncoder,
  loadSenseIndex,
  readBytes,
} from '../runtime';
import { projectRoot, settingsOf } from './options';
import { cancelOnInterrupt, createProgress, print } from './terminal';

export interface IndexBuildCommandOptions {
  /** Tagged corpora; the SemCor text that ships if none is named. */
  readonly corpus?: readonly string[];
  readonly encoder?: string;
  readonly layer: LayerRule;
  readonly out: string;
  /** Notices of the corpora, for the manifest. */
  readonly licence: readonly string[];
  /** File of document ids to leave out. */
  readonly heldOut?: string;
}

/** `glossight index build`: sense vectors from tagged corpora, glosses and hypernyms. */
export async function indexBuildCommand(options: IndexBuildCommandOptions): Promise<void> {
  const cancellation = cancelOnInterrupt();
  const settings = settingsOf({ ...options, recipe: 'default' });
  const inventory = await loadInventory(settings.wordnet);
  const { encoder, vocabulary, licence } = await loadOnnxEncoder(settings.encoder);
  const progress = createProgress();
  await buildSenseIndex({
    corpora: options.corpus ?? [dataPlaces(projectRoot()).corpus],
    out: options.out,
    layer: options.layer,
    inventory,
    encoder,
    wordPieces: createWordPieceTokenizer(vocabulary),
    heldOut: options.heldOut === undefined ? new Set() : await heldOutDocuments(options.heldOut),
    licences: [
      `WordNet ${inventory.edition}: WordNet licence`,
      `${encoder.info.name}: ${licence}`,
      ...(options.corpus ? [] : ['SemCor 3.0: WordNet licence']),
      ...options.licence,
    ],
    progress: (phase, done, total) =>
      progress.show(
        `${phase === 'corpus' ? 'Sentences' : 'Glosses'}: ${done} of ${total} (Ctrl-C stops; the same command goes on)`,
      ),
    cancellation,
  });
  progress.clear();
  await print(`${options.out} is built.\n`);
}

/** `glossight index info FILE`: what an index was made from. */
export async function indexInfoCommand(file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const artifact = openArtifact(await readBytes(file), SENSE_INDEX);
  const manifest = artifact.manifest as SenseIndexManifest;
  if (json) return print(`${JSON.stringify({ ...manifest, sha256: artifact.sha256 }, null, 2)}\n`);
  const corpora = manifest.corpora.map(
    ({ name, sentences, instances, heldOut }) =>
      `  ${name}: ${sentences} sentences, ${instances} tagged words, ${heldOut} documents held out`,
  );
  await print(
    [
      `Encoder     ${manifest.encoder.id}`,
      `Layer rule  ${manifest.layer}, ${manifest.dimensions} dimensions`,
      `WordNet     ${manifest.wordnet.edition}`,
      `Averages    ${manifest.averages} senses`,
      `Glosses     ${manifest.glosses} synsets`,
      `Standardised over ${manifest.words} words`,
      'Corpora',
      ...corpora,
      `Licences    ${manifest.licences.join('; ')}`,
      `SHA-256     ${artifact.sha256}`,
      '',
    ].join('\n'),
  );
}

/** `glossight index verify FILE`: is it whole, and does it fit encoder, layer rule and WordNet? */
export async function indexVerifyCommand(
  file: string,
  options: { readonly encoder?: string; readonly layer: LayerRule },
): Promise<void> {
  const settings = settingsOf({ ...options, recipe: 'default' });
  const inventory = await loadInventory(settings.wordnet);
  const { encoder } = await loadOnnxEncoder(settings.encoder);
  const { manifest } = await loadSenseIndex(file, { encoder: encoder.info, layer: options.layer, inventory });
  await print(
    `${file} is whole: ${manifest.averages} averages and ${manifest.glosses} glosses for ${manifest.encoder.name}, ${manifest.layer}.\n`,
  );
}
