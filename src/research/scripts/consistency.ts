/**
 * Chooses the thresholds of the consistency warnings on SemEval-2007 and the choosing half of the held-out documents, and
 * regenerates the tables of docs/consistency.md. Needs the development corpora in ../shared/data.
 */
import path from 'node:path';
import { CONSISTENCY_PROFILES, type ConsistencyRules } from '../../core/consistency/profiles';
import { createEnglish, ENGLISH } from '../../languages';
import { type DiscourseDocument, type DiscourseScores, scoreDiscourse } from '../discourse';
import type { PartOfSpeech } from '../../core/model';
import type { SenseInventory } from '../../core/ports';
import type { TaggedSentence } from '../../core/senses/taggedCorpus';
import { TRAINED } from '../../core/senses/recipes';
import type { Use } from '../../core/annotations/use';
import { dataPlaces, loadInventory, loadSenseIndex } from '../../node/files/dataFiles';
import { heldOutHalf, readDocuments } from '../evaluation';
import { loadEncoder } from '../../node/encoder/loadEncoder';
import { readDiscourse } from '../readDiscourse';
import { UserError } from '../../engine/userError';
import { developmentFile } from './developmentData';
import { writeTable } from './writeTable';

const root = path.resolve(__dirname, '..', '..', '..');

/** What warnings should find of the words whose sense changes, in percent; the rest of the choice is for their precision. */
const LEAST_RECALL = 15;
const AGREEMENTS = [0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25];
const OVERLAPS = [0.04, 0.05, 0.055, 0.06, 0.07, 0.08];

interface Half {
  readonly name: string;
  readonly documents: readonly DiscourseDocument[];
  /** The same, by corpus. */
  readonly corpora: readonly (readonly DiscourseDocument[])[];
  /** The same from plain text, as a reader's document is read. */
  readonly fromText: readonly DiscourseDocument[];
}

async function main(): Promise<void> {
  const inventory = await loadInventory(dataPlaces(root).wordnet, ENGLISH);
  const [choosing, reporting] = await readHalves(inventory);
  const scores = (documents: readonly DiscourseDocument[], rules: ConsistencyRules): DiscourseScores =>
    scoreDiscourse(documents, rules, inventory);

  const grid = AGREEMENTS.flatMap((maximumAgreement) =>
    OVERLAPS.map((maximumOverlap) => {
      const rules = { ...CONSISTENCY_PROFILES.default, maximumAgreement, maximumOverlap };
      const each = choosing.corpora.map((documents) => scores(documents, rules).precision ?? 100);
      const leastPrecision = Math.min(...each);
      return { maximumAgreement, maximumOverlap, leastPrecision, ...scores(choosing.documents, rules) };
    }),
  );
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
  const { maximumAgreement, maximumOverlap } = grid
    .filter(({ recall }) => recall! >= LEAST_RECALL)
    .sort((a, b) => b.precision! - a.precision! || b.recall! - a.recall!)[0]!;
  console.log(`chosen: agreement ${maximumAgreement}, overlap ${maximumOverlap}`);

  const { default: rules, technical, fiction } = CONSISTENCY_PROFILES;
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
  const row = (name: string, documents: readonly DiscourseDocument[], own: ConsistencyRules): string[] => {
    const { precision, precisionInterval, recall, recallInterval, warnings, groups, perThousandWords } =
      scores(documents, own);
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

/** Share of right answers in percent, of polysemous instances of documents, as predicted and with the document's favourite sense. */
function forcedAccuracy(
  documents: readonly DiscourseDocument[],
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

async function readHalves(inventory: SenseInventory): Promise<[Half, Half]> {
  const semeval = await readDocuments(
    developmentFile('dev', 'semeval2007.data.xml'),
    developmentFile('dev', 'semeval2007.gold.key.txt'),
  );
  const corpora = [
    await readDocuments(developmentFile('semcor', 'semcor.jsonl.gz')),
    await readDocuments(developmentFile('extra', 'masc.jsonl.gz')),
  ];
  const list = path.join(root, 'training', 'heldout.txt');
  const [choose, report] = [await heldOutHalf(list, 'choose'), await heldOutHalf(list, 'report')];
  const places = dataPlaces(root);
  const { encoder, wordPieces } = await loadEncoder(places.encoder, 'mean4');
  const index = await loadSenseIndex(places.index('default'), {
    encoder: encoder.info,
    layer: 'mean4',
    inventory,
  });
  const options = {
    encoder,
    wordPieces,
    inventory,
    index,
    pack: await createEnglish(),
    layer: 'mean4' as const,
    recipe: TRAINED,
    staticVectors: false,
    progress: (done: number, total: number) => console.error(`Document ${done} of ${total}`),
  };
  type Tagged = readonly (readonly TaggedSentence[])[];
  const half = async (name: string, ids: ReadonlySet<string>, development: Tagged): Promise<Half> => {
    const read = async (raw: boolean): Promise<DiscourseDocument[][]> => {
      const sets = [await readDiscourse(development, { ...options, raw, order: 'wordnet' })];
      for (const corpus of corpora) {
        const heldOut = corpus.filter(([sentence]) => ids.has(sentence!.doc));
        sets.push(await readDiscourse(heldOut, { ...options, raw, order: 'uses' }));
      }
      return sets;
    };
    const sets = await read(false);
    return { name, corpora: sets, documents: sets.flat(), fromText: (await read(true)).flat() };
  };
  const halves: [Half, Half] = [
    await half('SemEval-2007 and choosing half', choose, semeval),
    await half('Reporting half', report, []),
  ];
  await encoder.dispose();
  return halves;
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
