/**
 * Regenerates the tables of docs/learning.md: what a few corrections teach, and what they cost. Needs the development corpora
 * in ../shared/data.
 */
import path from 'node:path';
import { createSenseRanker, type SenseRanker } from '../../core/senses/nearest';
import {
  createTaughtRanker,
  type Learning,
  LEARNING,
  type TaughtRanker,
  USE_TO_SENSE,
} from '../../core/senses/taught';
import { createWordPieceTokenizer } from '../../core/vectors/wordPieces';
import { dot, normalise } from '../../core/vectors/math';
import { embedWords, type Embedder } from '../../core/vectors/embed';
import { readableText, type TaggedSentence } from '../../core/senses/taggedCorpus';
import { type Recipe, TRAINED } from '../../core/senses/recipes';
import type { SenseId } from '../../core/model';
import type { SenseIndex } from '../../core/senses/senseIndex';
import type { SenseInventory } from '../../core/ports';
import { standardise } from '../../core/vectors/standardise';
import { ENGLISH } from '../../languages';
import { dataPlaces, loadInventory, loadSenseIndex } from '../../node/files/dataFiles';
import { type HeldOutHalf, heldOutHalf, readDocuments } from '../evaluation';
import { loadOnnxEncoder } from '../../node/encoder/onnxEncoder';
import { UserError } from '../../engine/userError';
import { developmentFile } from './developmentData';
import { writeTable } from './writeTable';

const root = path.resolve(__dirname, '..', '..', '..');
const CORRECTIONS = [1, 3, 10];
/** What was tried: settings, the one that ships among them, and weights of taught uses mixed into the sense's vector. */
const TRIED: readonly (Learning | { readonly mixed: number })[] = [
  { mixed: 0.1 },
  { mixed: 0.2 },
  { likeness: 0.725, push: 0.05 },
  LEARNING,
  { likeness: 0.8, push: 0.1 },
  { likeness: 0.825, push: 0.05 },
  { likeness: 0.825, push: 0.1 },
  { likeness: 0.825, push: 0.2 },
];
/** Examples of a sense of one's own, at most. */
const MOST_EXAMPLES = 3;
/** Uses of a lemma in other documents that are looked at, evenly spread: a few lemmas have most of them. */
const MOST_AWAY = 30;
/** The other senses may lose no more, in points. */
const MOST_LOST = 0.5;

/** A tagged use of a word with several senses. */
interface Use {
  readonly lemma: string;
  readonly gold: readonly SenseId[];
  readonly candidates: readonly SenseId[];
  /** As the document is read, and as its sentence is read alone, which is all that a correction keeps. */
  readonly vector: Float32Array;
  readonly alone: Float32Array;
  readonly predicted: SenseId;
}

/** Shares right before and after, in percent, of how many. */
interface Effect {
  instances: number;
  before: number;
  after: number;
}
type Group = 'rest' | 'others' | 'othersElsewhere' | 'sameElsewhere';

async function main(): Promise<void> {
  const places = dataPlaces(root);
  const inventory = await loadInventory(places.wordnet, ENGLISH);
  const { encoder, vocabulary } = await loadOnnxEncoder(places.encoder);
  const index = await loadSenseIndex(places.index('default'), {
    encoder: encoder.info,
    layer: 'mean4',
    inventory,
  });
  const ranker = createSenseRanker(index, inventory, TRAINED);
  const embedder: Embedder = { encoder, wordPieces: createWordPieceTokenizer(vocabulary) };
  const halves: Record<HeldOutHalf, readonly (readonly Use[])[]> = { choose: [], report: [] };
  for (const half of ['choose', 'report'] as const) {
    const documents = await documentsOf(half);
    const read: Use[][] = [];
    for (const [i, document] of documents.entries()) {
      console.error(`${half}: document ${i + 1} of ${documents.length}`);
      read.push(await usesOf(document, { embedder, ranker, index, inventory }));
    }
    halves[half] = read;
  }
  await encoder.dispose();

  const deps = { index, inventory, recipe: TRAINED };
  const chosen = TRIED.map((tried) =>
    CORRECTIONS.map((count) =>
      effects(
        halves.choose,
        count,
        'mixed' in tried ? mixingRanker(ranker, index, tried.mixed) : createTaughtRanker(ranker, deps, tried),
      ),
    ),
  );
  await writeTable(
    'learning',
    'choosing',
    ['Setting', ...CORRECTIONS.flatMap((n) => [`Rest, ${n}`, `Others, ${n}`]), 'Holds'],
    TRIED.map((tried, i) => [
      'mixed' in tried ? `mixed, weight ${tried.mixed}` : `likeness ${tried.likeness}, push ${tried.push}`,
      ...chosen[i]!.flatMap(({ rest, others }) => [signed(gain(rest)), signed(gain(others))]),
      chosen[i]!.every(({ others, othersElsewhere }) =>
        [others, othersElsewhere].every((effect) => gain(effect) >= -MOST_LOST),
      )
        ? 'yes'
        : 'no',
    ]),
  );
  const reported = CORRECTIONS.map((count) =>
    effects(halves.report, count, createTaughtRanker(ranker, deps, LEARNING)),
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
      ownSense(halves.report, 'its trained vector', 0, ranker, deps),
      ownSense(halves.report, '1 example', 1, ranker, deps),
      ownSense(halves.report, '3 examples', 3, ranker, deps),
    ],
  );
  const { same, different, right, wrong } = meanCosines(halves.choose.flat(), index);
  const slope = (right - wrong) / (same - different);
  console.log(
    `USE_TO_SENSE: slope ${slope.toFixed(2)}, offset ${(right - slope * same).toFixed(2)} (now ${USE_TO_SENSE.slope}, ${USE_TO_SENSE.offset})`,
  );
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

async function documentsOf(half: HeldOutHalf): Promise<readonly (readonly TaggedSentence[])[]> {
  const ids = await heldOutHalf(path.join(root, 'training', 'heldout.txt'), half);
  const documents: TaggedSentence[][] = [];
  for (const parts of [
    ['semcor', 'semcor.jsonl.gz'],
    ['extra', 'masc.jsonl.gz'],
  ]) {
    const file = developmentFile(...parts);
    documents.push(...(await readDocuments(file)).filter(([sentence]) => ids.has(sentence!.doc)));
  }
  return documents;
}

async function usesOf(
  document: readonly TaggedSentence[],
  deps: { embedder: Embedder; ranker: SenseRanker; index: SenseIndex; inventory: SenseInventory },
): Promise<Use[]> {
  const { embedder, ranker, index, inventory } = deps;
  const whole = readableText(document);
  const sentences = document.map((sentence) => readableText([sentence]));
  const [vectors] = await embedWords([whole], 'mean4', embedder);
  const alone = (await embedWords(sentences, 'mean4', embedder)).flatMap((own, i) =>
    sentences[i]!.instances.map(({ word }) => own[word]),
  );
  return whole.instances.flatMap(({ lemma, partOfSpeech, keys, word }, i): Use[] => {
    // As docs/evaluation.md says, WordNet's own order was counted on these documents too.
    const candidates = [...inventory.senses(lemma, partOfSpeech)].sort(
      (a, b) => index.uses(b) - index.uses(a) || (inventory.key(a) < inventory.key(b) ? -1 : 1),
    );
    const vector = vectors![word];
    if (candidates.length < 2 || !vector || !alone[i]) return [];
    const gold = keys.map((key) => inventory.find(key)).filter((sense) => sense !== undefined);
    const predicted = ranker.rank(vector, candidates)[0]!.sense;
    return [{ lemma: `${lemma} ${partOfSpeech}`, gold, candidates, vector, alone: alone[i], predicted }];
  });
}

/**
 * What some corrections in a row do: a reader corrects the first `count` wrong senses of a document, or the next as many, and
 * so on; each lot is taught alone.
 */
function effects(
  documents: readonly (readonly Use[])[],
  count: number,
  ranker: TaughtRanker,
): Record<Group, Effect> {
  const none = (): Effect => ({ instances: 0, before: 0, after: 0 });
  const result: Record<Group, Effect> = {
    rest: none(),
    others: none(),
    othersElsewhere: none(),
    sameElsewhere: none(),
  };
  const byLemma = new Map<string, Use[]>();
  for (const use of documents.flat()) {
    const known = byLemma.get(use.lemma);
    if (known) known.push(use);
    else byLemma.set(use.lemma, [use]);
  }
  for (const document of documents) {
    const wrong = document.filter(
      ({ gold, predicted, candidates }) =>
        !gold.includes(predicted) && gold.some((sense) => candidates.includes(sense)),
    );
    for (let first = 0; first + count <= wrong.length; first += count) {
      const corrected = wrong.slice(first, first + count);
      const taught = corrected.map(({ gold, candidates, alone }) => ({
        sense: gold.find((sense) => candidates.includes(sense))!,
        vector: alone,
      }));
      ranker.teach(taught, []);
      const senses = new Set(taught.map(({ sense }) => sense));
      for (const lemma of new Set(corrected.map((use) => use.lemma))) {
        const here = document.filter((use) => use.lemma === lemma);
        const all = byLemma.get(lemma)!;
        const away = all.filter(
          (use, i) => i % Math.ceil(all.length / MOST_AWAY) === 0 && !here.includes(use),
        );
        for (const use of [...here, ...away]) {
          if (corrected.includes(use)) continue;
          const before = use.gold.includes(use.predicted);
          const after = use.gold.includes(ranker.rank(use.vector, use.candidates)[0]!.sense);
          const isSame = use.gold.some((sense) => senses.has(sense));
          const groups: Group[] = here.includes(use)
            ? isSame
              ? ['rest']
              : ['rest', 'others']
            : [isSame ? 'sameElsewhere' : 'othersElsewhere'];
          for (const group of groups) {
            result[group].instances++;
            result[group].before += Number(before);
            result[group].after += Number(after);
          }
        }
      }
    }
  }
  return result;
}

/** What comes to mind first: the taught uses join the vector of their sense. */
function mixingRanker(ranker: SenseRanker, index: SenseIndex, weight: number): TaughtRanker {
  const unit = (raw: Float32Array): Float32Array => normalise(standardise(raw, index.standardisation));
  let mixed = new Map<SenseId, Float32Array>();
  return {
    rank(raw, candidates) {
      const ranked = ranker.rank(raw, candidates);
      if (!candidates.some((sense) => mixed.has(sense))) return ranked;
      const vector = unit(raw);
      return ranked
        .map((one) => {
          const own = mixed.get(one.sense);
          return own ? { ...one, score: dot(vector, own) } : one;
        })
        .sort((a, b) => b.score - a.score);
    },
    teach(uses) {
      mixed = new Map();
      for (const { sense } of uses) {
        const own = uses.filter((use) => use.sense === sense).map(({ vector }) => unit(vector));
        const average = index.average(sense);
        const sum = average ? normalise(Float32Array.from(average.values)) : new Float32Array(own[0]!.length);
        for (const use of own) use.forEach((value, i) => (sum[i]! += (weight * value) / own.length));
        mixed.set(sense, normalise(sum));
      }
    },
  };
}

/**
 * A sense as if it were the project's: of each that a document has often enough, the first uses there are its examples, and
 * other documents tell, in percent, which of its own uses it gets, and which of other senses. The mean over senses.
 */
function ownSense(
  documents: readonly (readonly Use[])[],
  name: string,
  count: number,
  ranker: SenseRanker,
  deps: { index: SenseIndex; inventory: SenseInventory; recipe: Recipe },
): readonly string[] {
  const shares = { own: [] as number[], others: [] as number[] };
  const taught = createTaughtRanker(ranker, deps);
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
        (_, i) => uses.filter((one) => one.document === i && has(one)).length >= MOST_EXAMPLES,
      );
      const away = uses.filter(({ document }) => document !== home);
      if (home < 0 || !away.some(has) || away.every(has)) continue;
      const examples = uses.filter((one) => one.document === home && has(one)).slice(0, count);
      taught.teach(
        [],
        examples.map(({ use }) => ({ sense, vector: use.alone })),
      );
      const share = (some: readonly Placed[]): number =>
        (100 * some.filter(({ use }) => taught.rank(use.vector, use.candidates)[0]!.sense === sense).length) /
        some.length;
      shares.own.push(share(away.filter(has)));
      shares.others.push(share(away.filter((one) => !has(one))));
    }
  }
  const mean = (values: readonly number[]): string =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1);
  return [name, mean(shares.own), mean(shares.others)];
}

/** Of uses with uses, and with sense vectors, both by whether the sense is the same. */
function meanCosines(
  uses: readonly Use[],
  index: SenseIndex,
): { same: number; different: number; right: number; wrong: number } {
  const units = new Map(uses.map((use) => [use, normalise(standardise(use.vector, index.standardisation))]));
  const sums = { same: [0, 0], different: [0, 0], right: [0, 0], wrong: [0, 0] };
  const add = (name: keyof typeof sums, value: number): void => {
    sums[name][0]! += value;
    sums[name][1]!++;
  };
  const before = new Map<string, Use[]>();
  for (const use of uses) {
    const vector = units.get(use)!;
    for (const sense of use.candidates) {
      const average = index.average(sense);
      if (average)
        add(
          use.gold.includes(sense) ? 'right' : 'wrong',
          dot(vector, normalise(Float32Array.from(average.values))),
        );
    }
    // With the last few of the lemma, which keeps common lemmas from being all there is.
    const earlier = before.get(use.lemma) ?? [];
    for (const other of earlier.slice(-20)) {
      const isSame = use.gold.some((sense) => other.gold.includes(sense));
      add(isSame ? 'same' : 'different', dot(vector, units.get(other)!));
    }
    before.set(use.lemma, [...earlier, use]);
  }
  const mean = ([sum, count]: number[]): number => sum! / count!;
  return {
    same: mean(sums.same),
    different: mean(sums.different),
    right: mean(sums.right),
    wrong: mean(sums.wrong),
  };
}

function percent(right: number, { instances }: Effect): string {
  return ((100 * right) / instances).toFixed(1);
}

function gain({ instances, before, after }: Effect): number {
  return (100 * (after - before)) / instances;
}

function signed(points: number): string {
  return `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(2)}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
