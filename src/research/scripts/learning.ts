/**
 * Regenerates the tables of docs/learning.md: how much a few corrections improve, and what they cost. Needs the development
 * corpora in ../shared/data.
 */
import { createSenseRanker, type SenseRanker } from '../../core/senses/nearest';
import { createTaughtRanker, type Learning, type TaughtRanker } from '../../core/senses/taught';
import { dot, normalise } from '../../core/vectors/math';
import type { Recipe } from '../../core/senses/recipes';
import type { SenseId } from '../../core/model';
import type { SenseIndex } from '../../core/senses/senseIndex';
import type { SenseInventory } from '../../core/ports';
import { standardise } from '../../core/vectors/standardise';
import { ENGLISH } from '../../languages';
import { openModel } from '../../node/model/openModel';
import { UserError } from '../../engine/userError';
import {
  CORRECTIONS,
  effectsOf,
  gain,
  type Group,
  holds,
  type LearningUse as Use,
  meanCosines,
  settingsWith,
  usesOf,
} from '../fitting/learning';
import { shippedPlaces } from '../fitting/shippedModel';
import { testSets } from '../fitting/testSets';
import { writeTable } from './writeTable';

/** Most examples of a sense that stands for one of a project. */
const MOST_EXAMPLES = 3;
/** An alternative to the settings: weights with which corrected uses are mixed into the sense's vector. */
const MIXED = [0.1, 0.2];

async function main(): Promise<void> {
  const { encoder, wordPieces, index, inventory, layer, fitted } = await openModel(
    shippedPlaces('default'),
    ENGLISH,
  );
  const { recipe, learning } = fitted;
  const ranker = createSenseRanker(index, inventory, recipe);
  const sets = await testSets();
  const read = async (half: 'choosing' | 'reporting'): Promise<readonly (readonly Use[])[]> => {
    const documents = sets.filter((set) => set.half === half).flatMap((set) => set.documents);
    const uses: Use[][] = [];
    for (const [i, document] of documents.entries()) {
      console.error(`${half}: document ${i + 1} of ${documents.length}`);
      const embedder = { encoder, wordPieces };
      uses.push(await usesOf(document, { embedder, layer, ranker, index, inventory }));
    }
    return uses;
  };
  const halves = { choosing: await read('choosing'), reporting: await read('reporting') };
  await encoder.dispose();

  const deps = { index, inventory, recipe };
  const tried: readonly (readonly [name: string, ranker: TaughtRanker])[] = [
    ...MIXED.map((weight) => [`mixed, weight ${weight}`, mixingRanker(ranker, index, weight)] as const),
    ...settingsWith(learning).map(
      (setting) =>
        [
          `likeness ${setting.likeness}, push ${setting.push}`,
          createTaughtRanker(ranker, deps, { ...learning, ...setting }),
        ] as const,
    ),
  ];
  await writeTable(
    'learning',
    'choosing',
    ['Setting', ...CORRECTIONS.flatMap((n) => [`Rest, ${n}`, `Others, ${n}`]), 'Holds'],
    tried.map(([name, taught]) => {
      const effects = CORRECTIONS.map((count) => effectsOf(halves.choosing, count, taught));
      return [
        name,
        ...effects.flatMap(({ rest, others }) => [signed(gain(rest)), signed(gain(others))]),
        holds(effects) ? 'yes' : 'no',
      ];
    }),
  );
  const reported = CORRECTIONS.map((count) =>
    effectsOf(halves.reporting, count, createTaughtRanker(ranker, deps, learning)),
  );
  const rows: readonly [string, Group][] = [
    ['the rest of the document’s uses of the corrected lemmas', 'rest'],
    ['of these, uses of their other senses', 'others'],
    ['other documents: uses of their other senses', 'othersElsewhere'],
    ['other documents: uses of the sense that was taught', 'sameElsewhere'],
  ];
  await writeTable(
    'learning',
    'reporting',
    ['Accuracy in percent', ...CORRECTIONS.map((n) => (n === 1 ? '1 correction' : `${n} corrections`))],
    rows.map(([name, group]) => [
      name,
      ...reported.map((all) => {
        const effect = all[group];
        return `${percent(effect.before, effect)} → ${percent(effect.after, effect)} (${signed(gain(effect))})`;
      }),
    ]),
  );
  await writeTable(
    'learning',
    'own',
    ['A sense compared by', 'its own uses that it gets', 'other uses that it gets'],
    [
      ownSense(halves.reporting, 'its trained vector', 0, ranker, deps, learning),
      ownSense(halves.reporting, '1 example', 1, ranker, deps, learning),
      ownSense(halves.reporting, '3 examples', 3, ranker, deps, learning),
    ],
  );
  const { same, different, right, wrong } = meanCosines(halves.choosing.flat(), index);
  await writeTable(
    'learning',
    'cosines',
    ['Choosing half, mean cosine of a use with', 'the same sense', 'another sense of the lemma'],
    [
      ['another use', same.toFixed(2), different.toFixed(2)],
      ['a trained sense vector', right.toFixed(2), wrong.toFixed(2)],
    ],
  );
}

/** The simplest way to learn, for comparison: corrected uses are mixed into the vector of their sense. */
function mixingRanker(ranker: SenseRanker, index: SenseIndex, weight: number): TaughtRanker {
  const unit = (raw: Float32Array): Float32Array => normalise(standardise(raw, index.standardisation));
  let mixed = new Map<SenseId, Float32Array>();
  return {
    rank(raw, candidates) {
      const ranked = ranker.rank(raw, candidates);
      if (!candidates.some((sense) => mixed.has(sense))) return ranked;
      const vector = unit(raw);
      return ranked
        .map((candidate) => {
          const average = mixed.get(candidate.sense);
          return average ? { ...candidate, score: dot(vector, average) } : candidate;
        })
        .sort((a, b) => b.score - a.score);
    },
    teach(uses) {
      mixed = new Map();
      for (const { sense } of uses) {
        const units = uses.filter((use) => use.sense === sense).map(({ vector }) => unit(vector));
        const average = index.average(sense);
        const sum = average
          ? normalise(Float32Array.from(average.values))
          : new Float32Array(units[0]!.length);
        for (const use of units) use.forEach((value, i) => (sum[i]! += (weight * value) / units.length));
        mixed.set(sense, normalise(sum));
      }
    },
  };
}

/**
 * Treats senses as if they were a project's. For each sense that a document has often enough, its first uses there become its
 * examples. In the other documents it is then counted, in percent, how many uses in this sense get it, and how many uses in other
 * senses get it wrongly. The row has the means over all such senses.
 */
function ownSense(
  documents: readonly (readonly Use[])[],
  name: string,
  count: number,
  ranker: SenseRanker,
  deps: { index: SenseIndex; inventory: SenseInventory; recipe: Recipe },
  learning: Learning,
): readonly string[] {
  const shares = { own: [] as number[], others: [] as number[] };
  const taught = createTaughtRanker(ranker, deps, learning);
  const byLemma = new Map<string, { readonly use: Use; readonly document: number }[]>();
  documents.forEach((uses, document) =>
    uses.forEach((use) => {
      const known = byLemma.get(use.lemma);
      if (known) known.push({ use, document });
      else byLemma.set(use.lemma, [{ use, document }]);
    }),
  );
  interface Placed {
    readonly use: Use;
    readonly document: number;
  }
  for (const uses of byLemma.values()) {
    for (const sense of uses[0]!.use.candidates) {
      const has = ({ use }: Placed): boolean => use.gold.includes(sense);
      const home = documents.findIndex(
        (_, i) => uses.filter((placed) => placed.document === i && has(placed)).length >= MOST_EXAMPLES,
      );
      const away = uses.filter(({ document }) => document !== home);
      if (home < 0 || !away.some(has) || away.every(has)) continue;
      const examples = uses.filter((placed) => placed.document === home && has(placed)).slice(0, count);
      taught.teach(
        [],
        examples.map(({ use }) => ({ sense, vector: use.alone })),
      );
      const share = (some: readonly Placed[]): number =>
        (100 * some.filter(({ use }) => taught.rank(use.vector, use.candidates)[0]!.sense === sense).length) /
        some.length;
      shares.own.push(share(away.filter(has)));
      shares.others.push(share(away.filter((placed) => !has(placed))));
    }
  }
  const mean = (values: readonly number[]): string =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1);
  return [name, mean(shares.own), mean(shares.others)];
}

function percent(right: number, { instances }: { readonly instances: number }): string {
  return ((100 * right) / instances).toFixed(1);
}

function signed(points: number): string {
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
