import { type LayerRule, openIndexManifest } from '../core';
import { ENGLISH } from '../languages';
import { buildSenseIndex } from '../node/index-build';
import { dataPlaces, loadInventory, loadSenseIndex, readBytes } from '../node/files';
import { heldOutDocuments } from '../research';
import { loadEncoder } from '../node/encoder';
import { preferredLayer } from '../engine';
import { projectRoot, settingsOf } from './options';
import { cancelOnInterrupt, createProgress, print } from './terminal';

export interface IndexBuildCommandOptions {
  /** Tagged corpora; by default the SemCor text that ships. */
  readonly corpus?: readonly string[];
  readonly encoder?: string;
  /** By default the one that the encoder prefers: not every encoder can follow `mean4`. */
  readonly layer?: LayerRule;
  readonly out: string;
  /** Licence notices of the corpora, for the manifest. */
  readonly licence: readonly string[];
  /** File with the ids of documents to leave out. */
  readonly heldOut?: string;
}

/** `glossight index build`: makes sense vectors from tagged corpora and glosses. */
export async function indexBuildCommand(options: IndexBuildCommandOptions): Promise<void> {
  const signal = cancelOnInterrupt();
  const places = dataPlaces(projectRoot());
  const inventory = await loadInventory(places.wordnet, ENGLISH);
  const { encoder, wordPieces, licence } = await loadEncoder(
    options.encoder ?? places.encoder,
    options.layer,
  );
  const layer = options.layer ?? preferredLayer(encoder.info);
  const progress = createProgress();
  await buildSenseIndex({
    corpora: options.corpus ?? [places.corpus],
    out: options.out,
    layer,
    inventory,
    encoder,
    wordPieces,
    heldOut: options.heldOut === undefined ? new Set() : await heldOutDocuments(options.heldOut),
    licences: [
      `WordNet ${inventory.edition}: WordNet licence`,
      `${encoder.info.name}: ${licence ?? 'licence unknown'}`,
      ...(options.corpus ? [] : ['SemCor 3.0: WordNet licence']),
      ...options.licence,
    ],
    progress: (phase, done, total) =>
      progress.show(
        `${phase === 'corpus' ? 'Sentences' : 'Glosses'}: ${done} of ${total} (Ctrl-C stops; the same command goes on)`,
      ),
    signal,
  });
  progress.clear();
  await print(`${options.out} is built for the layer rule ${layer}.\n`);
}

/** `glossight index info FILE`: says what an index was made from. */
export async function indexInfoCommand(file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const { id, manifest } = openIndexManifest(await readBytes(file));
  if (json) return print(`${JSON.stringify({ ...manifest, sha256: id }, null, 2)}\n`);
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
      `SHA-256     ${id}`,
      '',
    ].join('\n'),
  );
}

/** `glossight index verify FILE`: checks that an index is undamaged and fits encoder, layer rule and WordNet. */
export async function indexVerifyCommand(
  file: string,
  options: { readonly encoder?: string; readonly layer: LayerRule },
): Promise<void> {
  const settings = settingsOf({ ...options, recipe: 'default' });
  const inventory = await loadInventory(settings.wordnet, ENGLISH);
  const { encoder } = await loadEncoder(settings.encoder, options.layer);
  const { manifest } = await loadSenseIndex(file, { encoder: encoder.info, layer: options.layer, inventory });
  await print(
    `${file} is whole: ${manifest.averages} averages and ${manifest.glosses} glosses for ${manifest.encoder.name}, ${manifest.layer}.\n`,
  );
}
