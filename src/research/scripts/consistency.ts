/**
 * Regenerates the tables of docs/consistency.md: the scores of all thresholds that `npm run fit` chooses among, on SemEval-2007 and
 * the choosing half of the held-out documents, and of the chosen thresholds on the reporting half. Needs the development corpora
 * in ../shared/data.
 */
import { type ConsistencyRules, profileRules } from '../../core/consistency/profiles';
import { createEnglish, ENGLISH } from '../../languages';
import { type ScoredDocument, type ConsistencyScores, scoreConsistency } from '../consistencyScores';
import type { ModelBundle } from '../../core/bundle/modelBundle';
import type { PartOfSpeech } from '../../core/model';
import type { SenseInventory } from '../../core/ports';
import type { Use } from '../../core/annotations/use';
import { openModel } from '../../node/model/openModel';
import { readScoredDocuments } from '../readScoredDocuments';
import { UserError } from '../../engine/userError';
import { AGREEMENTS, OVERLAPS, scoreGrid } from '../fitting/consistency';
import { shippedPlaces } from '../fitting/shippedModel';
import { isChosenOn, type TestSet, testSets } from '../fitting/testSets';
import { writeTable } from './writeTable';

interface Half {
  readonly name: string;
  readonly documents: readonly ScoredDocument[];
  /** The same documents, by corpus. */
  readonly corpora: readonly (readonly ScoredDocument[])[];
  /** The same documents, read from plain text as readers' documents are. */
  readonly fromText: readonly ScoredDocument[];
}

async function main(): Promise<void> {
  const model = await openModel(shippedPlaces('default'), ENGLISH);
  const { inventory } = model;
  const { consistency: thresholds } = model.fitted;
  const [choosing, reporting] = await readHalves(model);
  await model.encoder.dispose();
  const scores = (documents: readonly ScoredDocument[], rules: ConsistencyRules): ConsistencyScores =>
    scoreConsistency(documents, rules, inventory);

  const grid = scoreGrid(choosing.corpora, thresholds, inventory);
  await writeTable(
    'consistency',
    'grid',
    ['Agreement at most', ...OVERLAPS.map((overlap) => `overlap at most ${overlap}`)],
    AGREEMENTS.map((agreement) => [
      `${agreement}`,
      ...grid
        .filter(({ maximumAgreement }) => maximumAgreement === agreement)
        .map(
          ({ precision, leastPrecision, recall }) =>
            `${decimal(precision)} (${decimal(leastPrecision)}) / ${decimal(recall)}`,
        ),
    ]),
  );
  const rules = profileRules('default', thresholds);
  const technical = profileRules('technical', thresholds);
  const fiction = profileRules('fiction', thresholds);
  const only = (partOfSpeech: PartOfSpeech): ConsistencyRules => ({
    ...rules,
    partsOfSpeech: [partOfSpeech],
  });
  const anySense: ConsistencyRules = {
    ...rules,
    maximumAgreement: 1,
    maximumOverlap: 1,
    minimumDistance: 0,
    perThousandWords: 1000,
  };
  const row = (name: string, documents: readonly ScoredDocument[], rowRules: ConsistencyRules): string[] => {
    const { precision, precisionInterval, recall, recallInterval, warnings, groups, perThousandWords } =
      scores(documents, rowRules);
    return [
      name,
      decimal(precision),
      span(precisionInterval),
      decimal(recall),
      span(recallInterval),
      `${warnings}`,
      `${groups}`,
      decimal(perThousandWords),
    ];
  };
  await writeTable(
    'consistency',
    'forced',
    ['Polysemous instances, F1', 'as predicted', 'one sense forced'],
    [choosing, reporting].map(({ name, documents }) => {
      const { predicted, forced } = forcedAccuracy(documents, inventory);
      return [name, decimal(predicted), decimal(forced)];
    }),
  );
  for (const [name, half] of [
    ['choosing', choosing],
    ['reporting', reporting],
  ] as const) {
    await writeTable(
      'consistency',
      name,
      [half.name, 'Precision', '95 %', 'Recall', '95 %', 'Warnings', 'Varying', 'In 1,000 words'],
      [
        row('any two predicted senses', half.documents, anySense),
        row('default', half.documents, rules),
        row('default, from plain text', half.fromText, rules),
        row('technical', half.documents, technical),
        row('fiction', half.documents, fiction),
        row('default, nouns alone', half.documents, only('noun')),
        row('default, adjectives alone', half.documents, only('adj')),
        row('default, verbs instead', half.documents, only('verb')),
      ],
    );
  }
}

/** Accuracy on polysemous instances in percent, as predicted, and if every word got its most frequent sense in the document. */
function forcedAccuracy(
  documents: readonly ScoredDocument[],
  inventory: SenseInventory,
): { readonly predicted: number; readonly forced: number } {
  let [count, predicted, forced] = [0, 0, 0];
  for (const { instances } of documents) {
    const groups = new Map<string, { use: Use; gold: readonly string[] }[]>();
    for (const { lemma, partOfSpeech, use, gold } of instances) {
      const name = `${partOfSpeech} ${lemma}`;
      if (use) groups.set(name, [...(groups.get(name) ?? []), { use, gold }]);
    }
    for (const group of groups.values()) {
      const votes = new Map<number, number>();
      for (const { use } of group) votes.set(use.sense, (votes.get(use.sense) ?? 0) + 1);
      const [[favourite]] = [...votes].sort(([, a], [, b]) => b - a) as [[number, number]];
      for (const { use, gold } of group) {
        count++;
        if (gold.includes(inventory.key(use.sense))) predicted++;
        if (gold.includes(inventory.key(favourite))) forced++;
      }
    }
  }
  return { predicted: (100 * predicted) / count, forced: (100 * forced) / count };
}

async function readHalves(model: ModelBundle): Promise<[Half, Half]> {
  const sets = await testSets();
  const options = {
    ...model,
    pack: await createEnglish(),
    staticVectors: false,
    progress: (done: number, total: number) => console.error(`Document ${done} of ${total}`),
  };
  const half = async (name: string, sets: readonly TestSet[]): Promise<Half> => {
    const read = async (raw: boolean): Promise<ScoredDocument[][]> => {
      const corpora: ScoredDocument[][] = [];
      for (const { documents, order } of sets)
        corpora.push(await readScoredDocuments(documents, { ...options, raw, order }));
      return corpora;
    };
    const corpora = await read(false);
    return { name, corpora, documents: corpora.flat(), fromText: (await read(true)).flat() };
  };
  return [
    await half('SemEval-2007 and choosing half', sets.filter(isChosenOn)),
    await half(
      'Reporting half',
      sets.filter((set) => !isChosenOn(set)),
    ),
  ];
}

function decimal(value: number | null): string {
  return value?.toFixed(1) ?? '–';
}

function span(interval: readonly [number, number] | null): string {
  return interval ? `${interval[0].toFixed(1)}–${interval[1].toFixed(1)}` : '–';
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
