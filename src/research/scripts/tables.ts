/**
 * Regenerates the tables of docs/evaluation.md and docs/model.md: the test sets, the gain by each part, and how far probabilities
 * can be trusted. Needs the development corpora in ../shared/data, and what the shipped model is compared with, which
 * `npm run compared` makes: two other encoders (.cache/untrained, .cache/plain), the shipped encoder with products in 32 bits
 * (.cache/float32), and a sense index of averages (.cache/own).
 */
import path from 'node:path';
import { calibrationError, coverageAt } from '../confidence';
import { createEnglish, ENGLISH } from '../../languages';
import { createWordPieceTokenizer } from '../../core/vectors/wordPieces';
import type { Encoder, SenseInventory } from '../../core/ports';
import { isRight, type Outcome, type Scores, score } from '../score';
import { PARTS_OF_SPEECH } from '../../core/model';
import { readableText } from '../../core/senses/taggedCorpus';
import type { SenseIndex } from '../../core/senses/senseIndex';
import type { FittedValues } from '../../core/bundle/fitted';
import { dataPlaces, loadInventory, loadManifest, loadSenseIndex } from '../../node/files/dataFiles';
import { evaluate } from '../evaluation';
import { rememberWindows, type TestSet, testSets } from '../fitting/testSets';
import { type LoadedEncoder, loadOnnxEncoder } from '../../node/encoder/onnxEncoder';
import { UserError } from '../../engine/userError';
import { pairedInterval } from './pairedBootstrap';
import { comparedPlace } from './developmentData';
import { writeTable } from './writeTable';

const root = path.resolve(__dirname, '..', '..', '..');

/** An encoder and sense vectors made with it. */
interface Model {
  readonly encoder: LoadedEncoder;
  readonly index: SenseIndex;
}
type ModelName = 'default' | 'float32' | 'textbook' | 'own' | 'plain' | 'untrained';

/** A row of the tables. */
interface Variant {
  readonly name: string;
  readonly model: ModelName;
  readonly fitted: FittedValues;
  readonly staticVectors?: true;
  readonly raw?: true;
}

const FITTED = loadManifest(dataPlaces(root).manifest).fitted;

const DEFAULT_ROW: Variant = { name: 'default', model: 'default', fitted: FITTED.default };
const FLOAT32_ROW: Variant = { name: 'products in 32 bits', model: 'float32', fitted: FITTED.default };
const PLAIN_ROW: Variant = { name: 'plain training recipe', model: 'plain', fitted: FITTED.default };
const TEXTBOOK_ROW: Variant = {
  name: 'textbook: averages alone',
  model: 'textbook',
  fitted: FITTED.textbook,
};
const OWN_ROW: Variant = { name: 'averages, glosses, hypernyms', model: 'own', fitted: FITTED.averages };
const UNTRAINED_ROW: Variant = { name: 'untrained, default', model: 'untrained', fitted: FITTED.averages };
const TEXT_ROW: Variant = { ...DEFAULT_ROW, name: 'default, from plain text', raw: true };
const VARIANTS: readonly Variant[] = [
  { name: 'first sense (static vectors)', model: 'untrained', fitted: FITTED.textbook, staticVectors: true },
  { name: 'untrained, textbook', model: 'untrained', fitted: FITTED.textbook },
  UNTRAINED_ROW,
  PLAIN_ROW,
  TEXTBOOK_ROW,
  OWN_ROW,
  DEFAULT_ROW,
  TEXT_ROW,
];
const EVALUATED: readonly Variant[] = [...VARIANTS, FLOAT32_ROW];

const COVERAGES = [1, 0.9, 0.8, 0.7, 0.6, 0.5];

type Results = ReadonlyMap<Variant, ReadonlyMap<TestSet, readonly (readonly Outcome[])[]>>;

async function main(): Promise<void> {
  const sets = await testSets();
  const inventory = await loadInventory(dataPlaces(root).wordnet, ENGLISH);
  const results = await evaluateAll(sets, inventory);
  const outcomesOf = (variant: Variant, which: (set: TestSet) => boolean): Outcome[] =>
    sets.filter(which).flatMap((set) => results.get(variant)!.get(set)!.flat());
  const scoresOf = (variant: Variant, set: TestSet): Scores => score(results.get(variant)!.get(set)!.flat());
  const [semeval, ...heldOut] = sets;

  await writeTable(
    'evaluation',
    'data',
    ['Test set', 'Documents', 'Words', 'Instances', 'Polysemous'],
    sets.map((set) => describe(set, results.get(DEFAULT_ROW)!.get(set)!.flat())),
    'none',
  );
  await writeTable(
    'evaluation',
    'semeval-2007',
    ['', 'All', 'Noun', 'Verb', 'Polysemous', 'Unseen'],
    VARIANTS.map((variant) => {
      const { f1, polysemous, unseen } = scoresOf(variant, semeval!);
      return [variant.name, ...[f1.all, f1.noun, f1.verb, polysemous, unseen].map(decimal)];
    }),
  );
  await writeTable(
    'evaluation',
    'held-out',
    ['', ...heldOut.map(({ name }) => name)],
    VARIANTS.map((variant) => [
      variant.name,
      ...heldOut.map((set) => decimal(scoresOf(variant, set).f1.all)),
    ]),
  );

  const isReported = (set: TestSet): boolean => set.half !== 'choosing';
  const isReporting = ({ half }: TestSet): boolean => half === 'reporting';
  const pooledAgainst = (variant: Variant, other: Variant): string[] => {
    const documents = (of: Variant): readonly (readonly Outcome[])[] =>
      sets.filter(isReported).flatMap((set) => results.get(of)!.get(set)!);
    const { difference, low, high } = pairedInterval(documents(variant), documents(other));
    const f1 = decimal(score(outcomesOf(variant, isReported)).f1.all);
    return [variant.name, f1, signed(difference), `${signed(low)} to ${signed(high)}`];
  };
  await writeTable(
    'model',
    'against-plain',
    ['SemEval-2007 and the reporting half, pooled', 'F1', 'above the plain recipe', '95 % of resamples'],
    [UNTRAINED_ROW, PLAIN_ROW, TEXTBOOK_ROW, OWN_ROW, DEFAULT_ROW].map((variant) =>
      pooledAgainst(variant, PLAIN_ROW),
    ),
  );
  await writeTable(
    'model',
    'rounding',
    ['The same, activations rounded to 8 bits', 'F1', 'above 32 bits', '95 % of resamples'],
    [pooledAgainst(DEFAULT_ROW, FLOAT32_ROW)],
  );
  await writeTable(
    'model',
    'parts',
    [
      'Reporting half, both corpora',
      'All',
      'Noun',
      'Verb',
      'Adjective',
      'Adverb',
      'Polysemous',
      'Unseen, polysemous',
      'Supersense, noun and verb',
    ],
    [UNTRAINED_ROW, PLAIN_ROW, TEXTBOOK_ROW, OWN_ROW, DEFAULT_ROW, TEXT_ROW].map((variant) => {
      const outcomes = outcomesOf(variant, isReporting);
      const { f1, polysemous } = score(outcomes);
      const unseen = score(outcomes.filter((one) => one.unseen && one.polysemous)).f1.all;
      const cells = [f1.all, ...PARTS_OF_SPEECH.map((part) => f1[part]), polysemous, unseen];
      return [variant.name, ...cells.map(decimal), decimal(supersenseAccuracy(outcomes, inventory))];
    }),
  );
  await writeTable(
    'model',
    'bands',
    ['Reporting half, senses to choose from', '1', '2', '3–5', '6–10', 'over 10'],
    [PLAIN_ROW, DEFAULT_ROW].map((variant) => {
      const outcomes = outcomesOf(variant, isReporting);
      const band = (least: number, most: number): string =>
        decimal(
          score(
            outcomes.filter(
              ({ ranked: { length } }) => Math.max(1, length) >= least && Math.max(1, length) <= most,
            ),
          ).f1.all,
        );
      return [variant.name, band(1, 1), band(2, 2), band(3, 5), band(6, 10), band(11, Infinity)];
    }),
  );
  await writeTable(
    'model',
    'plain-text',
    ['', 'Gold lemma and tag', 'Plain text', ...LOSSES.map((loss) => `lost to ${loss}`), 'won'],
    sets.filter(isReported).map((set) => {
      const [gold, text] = [DEFAULT_ROW, TEXT_ROW].map((variant) => results.get(variant)!.get(set)!.flat());
      const losses = gold!.map((outcome, i) => lossFromText(outcome, text![i]!, inventory));
      const points = (kind: Loss | 'won'): string =>
        ((100 * losses.filter((loss) => loss === kind).length) / losses.length).toFixed(1);
      return [
        set.name,
        decimal(score(gold!).f1.all),
        decimal(score(text!).f1.all),
        ...[...LOSSES, 'won' as const].map(points),
      ];
    }),
  );
  const { sharpness } = FITTED.default.recipe;
  await writeTable(
    'model',
    'calibration',
    ['Polysemous instances, 15 bins of equal mass', 'Instances', 'Calibration error, points'],
    (
      [
        ['choosing half, where it was fitted', ({ half }) => half === 'choosing'],
        ['reporting half', isReporting],
        ['reporting half, SemCor alone', (set) => isReporting(set) && set.name.startsWith('SemCor')],
        ['reporting half, MASC alone', (set) => isReporting(set) && set.name.startsWith('MASC')],
        ['reporting half, from plain text', isReporting, TEXT_ROW],
      ] as readonly [string, (set: TestSet) => boolean, Variant?][]
    ).map(([name, which, variant]) => {
      const polysemous = outcomesOf(variant ?? DEFAULT_ROW, which).filter((one) => one.ranked.length > 1);
      return [name, `${polysemous.length}`, (100 * calibrationError(polysemous, sharpness)).toFixed(1)];
    }),
  );
  await writeTable(
    'model',
    'coverage',
    ['Reporting half: share answered, the surest', ...COVERAGES.map((share) => `${100 * share} %`)],
    (
      [
        ['all instances', () => true],
        ['polysemous instances', ({ ranked }) => ranked.length > 1],
      ] as readonly [string, (one: Outcome) => boolean][]
    ).map(([name, which]) => {
      const outcomes = outcomesOf(DEFAULT_ROW, isReporting).filter(which);
      return [
        name,
        ...COVERAGES.map((share) => decimal(100 * coverageAt(outcomes, sharpness, share).accuracy)),
      ];
    }),
  );
}

/** Reasons why a word's sense is wrong from plain text, where lemma and part of speech have to be found first. */
const LOSSES = ['names', 'no annotation', 'part of speech', 'lemma', 'sense'] as const;
type Loss = (typeof LOSSES)[number];
const NAMES = /^(?:person|location|group)%1:03:00::$/;

/** Why an instance is right with gold lemma and tag but wrong from plain text; `won` if it is the other way round. */
function lossFromText(
  withGold: Outcome,
  fromText: Outcome,
  inventory: SenseInventory,
): Loss | 'won' | undefined {
  if (isRight(withGold) === isRight(fromText)) return undefined;
  if (isRight(fromText)) return 'won';
  const { gold, answer, partOfSpeech } = fromText;
  if (gold.some((key) => NAMES.test(key))) return 'names';
  if (answer === undefined) return 'no annotation';
  if (inventory.partOfSpeech(inventory.find(answer)!) !== partOfSpeech) return 'part of speech';
  const lemmaOf = (key: string): string => key.slice(0, key.indexOf('%'));
  return gold.some((key) => lemmaOf(key) === lemmaOf(answer)) ? 'sense' : 'lemma';
}

function describe({ name, documents }: TestSet, outcomes: readonly Outcome[]): string[] {
  const words = documents.reduce((sum, document) => sum + readableText(document).words.length, 0);
  const polysemous = outcomes.filter((one) => one.polysemous).length;
  return [
    name,
    ...[documents.length, words, outcomes.length, polysemous].map((n) => n.toLocaleString('en-GB')),
  ];
}

/** Share of nouns and verbs, in percent, whose answer has the supersense of a gold sense. */
function supersenseAccuracy(outcomes: readonly Outcome[], inventory: SenseInventory): number {
  const supersense = (key: string): string | undefined => inventory.describe(inventory.find(key)!).supersense;
  const scored = outcomes.filter(({ partOfSpeech }) => partOfSpeech === 'noun' || partOfSpeech === 'verb');
  const right = scored.filter(
    ({ answer, gold }) =>
      answer !== undefined &&
      gold.some((key) => inventory.find(key) !== undefined && supersense(key) === supersense(answer)),
  );
  return (100 * right.length) / scored.length;
}

function decimal(value: number | null): string {
  return value?.toFixed(1) ?? '–';
}

function signed(points: number): string {
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)}`;
}

/** The outcomes of every variant on every set, by document. Each encoder encodes a document's windows only once. */
async function evaluateAll(sets: readonly TestSet[], inventory: SenseInventory): Promise<Results> {
  const models = await loadModels(inventory);
  const pack = await createEnglish();
  const results = new Map(
    EVALUATED.map((variant) => [variant, new Map(sets.map((set) => [set, [] as Outcome[][]]))]),
  );
  for (const set of sets) {
    for (const [i, document] of set.documents.entries()) {
      console.error(`${set.name}: document ${i + 1} of ${set.documents.length}`);
      const remembering = new Map<Encoder, Encoder>();
      for (const variant of EVALUATED) {
        const { fitted, raw = false, staticVectors = false } = variant;
        const { encoder, index } = models[variant.model];
        const remembered = remembering.get(encoder.encoder) ?? rememberWindows(encoder.encoder);
        remembering.set(encoder.encoder, remembered);
        const { outcomes } = await evaluate([document], {
          encoder: remembered,
          wordPieces: createWordPieceTokenizer(encoder.vocabulary),
          inventory,
          pack,
          index,
          layer: 'mean4',
          fitted,
          raw,
          staticVectors,
          order: set.order,
        });
        results
          .get(variant)!
          .get(set)!
          .push([...outcomes]);
      }
    }
  }
  for (const encoder of new Set(Object.values(models).map((model) => model.encoder.encoder)))
    await encoder.dispose();
  return results;
}

async function loadModels(inventory: SenseInventory): Promise<Readonly<Record<ModelName, Model>>> {
  const places = dataPlaces(root);
  const load = async (folder: string, file: string): Promise<Model> => {
    const encoder = await loadOnnxEncoder(folder);
    const { info } = encoder.encoder;
    return {
      encoder,
      index: await loadSenseIndex(file, { encoder: info, layer: 'mean4', inventory }),
    };
  };
  const compared = (name: string): Promise<Model> =>
    load(comparedPlace(name, 'encoder'), comparedPlace(name, 'senses.bin'));
  const shipped = await load(places.encoder, places.index('default'));
  const { info } = shipped.encoder.encoder;
  return {
    default: shipped,
    float32: {
      encoder: await loadOnnxEncoder(comparedPlace('float32', 'encoder')),
      index: shipped.index,
    },
    textbook: {
      encoder: shipped.encoder,
      index: await loadSenseIndex(places.index('textbook'), { encoder: info, layer: 'mean4', inventory }),
    },
    own: {
      encoder: shipped.encoder,
      index: await loadSenseIndex(comparedPlace('own', 'senses.bin'), {
        encoder: info,
        layer: 'mean4',
        inventory,
      }),
    },
    plain: await compared('plain'),
    untrained: await compared('untrained'),
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
