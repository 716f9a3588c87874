/**
 * Regenerates the tables of docs/evaluation.md on similar uses: whether neighbours share the sense, and Word-in-Context. Needs
 * the development corpora in ../shared/data, and .cache/untrained/encoder, which `npm run compared` makes.
 */
import { RECIPE_NAMES } from '../../core/senses/recipes';
import path from 'node:path';
import { type Embedder, embedWords } from '../../core/vectors/embed';
import type { LayerRule } from '../../core/model';
import { readableText, type TaggedSentence } from '../../core/senses/taggedCorpus';
import type { SenseInventory } from '../../core/ports';
import { type Standardisation, standardise, StandardisationFit } from '../../core/vectors/standardise';
import { ENGLISH } from '../../languages';
import { dataPlaces, loadInventory } from '../../node/files/dataFiles';
import { heldOutDocuments, readDocuments } from '../evaluation';
import { loadEncoder } from '../../node/encoder/loadEncoder';
import { UserError } from '../../engine/userError';
import { runWicTask } from '../wicTask';
import { comparedPlace, developmentFile } from './developmentData';
import { type LabelledUse, neighbourPrecision } from './neighbourPrecision';
import { writeTable } from './writeTable';

const root = path.resolve(__dirname, '..', '..', '..');

type Document = readonly TaggedSentence[];

/** A noun is measured if two of its supersenses have at least this many uses each; its other supersenses are left out. */
const LEAST_USES = 15;
const NEIGHBOURS = 10;
/** The scale is fitted on every twentieth document of those that are not held out. */
const SCALE_STEP = 20;

async function main(): Promise<void> {
  await writeNeighbours();
  await writeWordInContext();
}

async function writeNeighbours(): Promise<void> {
  const places = dataPlaces(root);
  const inventory = await loadInventory(places.wordnet, ENGLISH);
  const held = await heldOutDocuments(path.join(root, 'training', 'heldout.txt'));
  const corpora = await Promise.all(
    [developmentFile('semcor', 'semcor.jsonl.gz'), developmentFile('extra', 'masc.jsonl.gz')].map((name) =>
      readDocuments(name),
    ),
  );
  const documents = corpora.flat().filter(([sentence]) => held.has(sentence!.doc));
  const scaleOn = (await readDocuments(places.corpus)).filter((_, i) => i % SCALE_STEP === 0);
  const encoders = {
    untrained: await loadEncoder(comparedPlace('untrained', 'encoder')),
    trained: await loadEncoder(places.encoder),
  };
  const rows: string[][] = [];
  let nouns = 0;
  for (const layer of ['static', 'last', 'mean4'] as const) {
    for (const [name, embedder] of Object.entries(encoders)) {
      const label = `${name}, ${layer}`;
      if (!embedder.encoder.info.layers.includes(layer)) {
        rows.push([label, '–', '–']);
        continue;
      }
      console.error(label);
      const scale = await fitScale(scaleOn, embedder, layer);
      const measured = [...(await usesByNoun(documents, embedder, layer, inventory)).values()];
      nouns = measured.length;
      const precision = (scaled: (vector: Float32Array) => Float32Array): string =>
        percent(
          mean(
            measured.map((uses) =>
              neighbourPrecision(
                uses.map(({ vector, label }) => ({ vector: scaled(vector), label })),
                NEIGHBOURS,
              ),
            ),
          ),
        );
      if (rows.length === 0) rows.push(['chance', ...Array<string>(2).fill(precision(() => ONE_PLACE))]);
      rows.push([label, precision((vector) => vector), precision((vector) => standardise(vector, scale))]);
    }
  }
  for (const { encoder } of Object.values(encoders)) await encoder.dispose();
  await writeTable(
    'evaluation',
    'neighbours',
    [`Precision at ${NEIGHBOURS}, percent, mean of ${nouns} nouns`, 'Raw', 'Standardised'],
    rows,
  );
}

/** A vector for all uses alike, which makes their neighbours random: the baseline. */
const ONE_PLACE = Float32Array.of(1);

async function fitScale(
  documents: readonly Document[],
  embedder: Embedder,
  layer: LayerRule,
): Promise<Standardisation> {
  const fit = new StandardisationFit(embedder.encoder.info.dimensions);
  for (const document of documents) {
    const [vectors] = await embedWords([readableText(document)], layer, embedder);
    for (const vector of vectors!) if (vector) fit.add(vector);
  }
  return fit.result();
}

/** The uses of every noun that is measured, by supersense. An instance with keys of several supersenses is left out. */
async function usesByNoun(
  documents: readonly Document[],
  embedder: Embedder,
  layer: LayerRule,
  inventory: SenseInventory,
): Promise<ReadonlyMap<string, readonly LabelledUse[]>> {
  const byNoun = new Map<string, LabelledUse[]>();
  for (const document of documents) {
    const { text, sentences, words, instances } = readableText(document);
    const nouns = instances.flatMap(({ lemma, partOfSpeech, keys, word }) => {
      const supersenses = new Set(
        keys.flatMap((key) => {
          const sense = inventory.find(key);
          return sense === undefined ? [] : [inventory.describe(sense).supersense];
        }),
      );
      const [label] = supersenses;
      return partOfSpeech === 'noun' && supersenses.size === 1 ? [{ lemma, label: label!, word }] : [];
    });
    const [vectors] = await embedWords(
      [{ text, sentences, words: nouns.map(({ word }) => words[word]!) }],
      layer,
      embedder,
    );
    nouns.forEach(({ lemma, label }, i) => {
      const vector = vectors![i];
      if (vector) byNoun.set(lemma, [...(byNoun.get(lemma) ?? []), { vector, label }]);
    });
  }
  const qualified = [...byNoun].map(([lemma, uses]) => {
    const frequent = (label: string): boolean =>
      uses.filter((use) => use.label === label).length >= LEAST_USES;
    return [lemma, uses.filter(({ label }) => frequent(label))] as const;
  });
  return new Map(qualified.filter(([, uses]) => new Set(uses.map(({ label }) => label)).size > 1));
}

async function writeWordInContext(): Promise<void> {
  const places = dataPlaces(root);
  const { methods, pairs, trainingPairs, crossValidated } = await runWicTask({
    test: {
      data: developmentFile('dev', 'wic', 'dev.data.txt'),
      gold: developmentFile('dev', 'wic', 'dev.gold.txt'),
    },
    train: {
      data: developmentFile('dev', 'wic', 'train.data.txt.gz'),
      gold: developmentFile('dev', 'wic', 'train.gold.txt'),
    },
    manifest: places.manifest,
    encoder: places.encoder,
    wordnet: places.wordnet,
    indexes: RECIPE_NAMES.map((recipe) => ({ recipe, file: places.index(recipe) })),
    layer: 'mean4',
    onProgress: (done, total) =>
      done % 1024 === 0 && console.error(`Word-in-Context: pair ${done} of ${total}`),
  });
  const withError = (accuracy: number): string =>
    `${accuracy.toFixed(1)} ± ${Math.sqrt((accuracy * (100 - accuracy)) / pairs).toFixed(1)}`;
  await writeTable(
    'evaluation',
    'word-in-context',
    [
      'Accuracy in percent',
      `Development, ${pairs} pairs`,
      `Training, ${trainingPairs} pairs, cross-validated`,
    ],
    [
      ['cosine above a threshold', withError(methods.threshold), ''],
      ['same predicted sense', withError(methods.senses), ''],
      ['combination', withError(methods.combination), crossValidated!.toFixed(1)],
    ],
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
