import {
  createSenseRanker,
  createTaughtRanker,
  dot,
  type Embedder,
  embedWords,
  type FittedValues,
  type LayerRule,
  type Learning,
  normalise,
  readableText,
  type SenseId,
  type SenseIndex,
  type SenseInventory,
  type SenseRanker,
  standardise,
  type TaggedSentence,
  type TaughtRanker,
} from '../../core';
import type { Fitting } from './scores';

/** How many corrections are taught together. */
export const CORRECTIONS = [1, 3, 10];
/** The settings that are tried, apart from the present one. */
const SETTINGS: readonly LearningSetting[] = [
  { likeness: 0.725, push: 0.05 },
  { likeness: 0.775, push: 0.05 },
  { likeness: 0.8, push: 0.1 },
  { likeness: 0.825, push: 0.05 },
  { likeness: 0.825, push: 0.1 },
  { likeness: 0.825, push: 0.2 },
];
/** Most uses of a lemma in other documents that are looked at, evenly spread, as a few lemmas have most of all uses. */
const MOST_AWAY = 30;
/** How many points of accuracy the other senses of a lemma may lose at most. */
const MOST_LOST = 0.5;

type LearningSetting = Pick<Learning, 'likeness' | 'push'>;

/** A tagged use of a word with several senses. */
export interface LearningUse {
  readonly lemma: string;
  readonly gold: readonly SenseId[];
  readonly candidates: readonly SenseId[];
  /** Raw vectors of the word: read in its document, and in its sentence alone, which is all that a correction keeps. */
  readonly vector: Float32Array;
  readonly alone: Float32Array;
  readonly predicted: SenseId;
}

/** How many instances there are, and how many are right before and after the lessons. */
export interface Effect {
  instances: number;
  before: number;
  after: number;
}
export type Group = 'rest' | 'others' | 'othersElsewhere' | 'sameElsewhere';

/** All settings that are tried, with the present one. */
export function settingsWith({ likeness, push }: LearningSetting): readonly LearningSetting[] {
  const isKnown = SETTINGS.some((setting) => setting.likeness === likeness && setting.push === push);
  return isKnown ? SETTINGS : [...SETTINGS, { likeness, push }];
}

/** Do the other senses of a lemma lose at most MOST_LOST, in the document and in other documents? */
export function holds(effects: readonly Readonly<Record<Group, Effect>>[]): boolean {
  return effects.every(({ others, othersElsewhere }) =>
    [others, othersElsewhere].every((effect) => gain(effect) >= -MOST_LOST),
  );
}

/** The setting that gains most among those that hold (`holds`); the present one if none holds. */
export function chooseSetting(
  tried: readonly {
    readonly setting: LearningSetting;
    readonly effects: readonly Readonly<Record<Group, Effect>>[];
  }[],
  present: LearningSetting,
): LearningSetting {
  const total = (effects: readonly Readonly<Record<Group, Effect>>[]): number =>
    effects.reduce((sum, { rest }) => sum + gain(rest), 0);
  const [best] = tried
    .filter(({ effects }) => holds(effects))
    .sort((a, b) => total(b.effects) - total(a.effects));
  return best?.setting ?? present;
}

/** Chooses how lessons change similar uses, and the line from cosines of uses to cosines with sense vectors. */
export async function chooseLearning(
  fitted: FittedValues,
  { model, sets, tell }: Fitting,
): Promise<Pick<FittedValues, 'learning'> & { readonly farCosine: number }> {
  const { index, inventory, layer } = model;
  const ranker = createSenseRanker(index, inventory, fitted.recipe);
  const documents: LearningUse[][] = [];
  for (const document of sets.filter(({ half }) => half === 'choosing').flatMap((set) => set.documents))
    documents.push(await usesOf(document, { embedder: model, layer, ranker, index, inventory }));
  const deps = { index, inventory, recipe: fitted.recipe };
  const tried = settingsWith(fitted.learning).map((setting) => {
    const taught = createTaughtRanker(ranker, deps, { ...fitted.learning, ...setting });
    const effects = CORRECTIONS.map((count) => effectsOf(documents, count, taught));
    const gains = effects.map(({ rest, others }) => `${gain(rest).toFixed(2)} (${gain(others).toFixed(2)})`);
    tell(`likeness ${setting.likeness}, push ${setting.push}: rest (others) ${gains.join(', ')}`);
    return { setting, effects };
  });
  const cosines = meanCosines(documents.flat(), index);
  return {
    learning: { ...chooseSetting(tried, fitted.learning), useToSense: useToSense(cosines) },
    farCosine: farCosine(cosines),
  };
}

/** The straight line through two points: it maps the mean cosines of two uses to those of a use and a sense vector. */
function useToSense({ same, different, right, wrong }: MeanCosines): Learning['useToSense'] {
  const slope = (right - wrong) / (same - different);
  const rounded = (value: number): number => Math.round(100 * value) / 100;
  return { slope: rounded(slope), offset: rounded(right - slope * same) };
}

/** The cosine half-way between the mean with the right sense's vector and the mean with wrong senses' vectors. */
function farCosine({ right, wrong }: MeanCosines): number {
  return Math.round(20 * ((right + wrong) / 2)) / 20;
}

/** Mean cosines of two uses with the same or different senses, and of a use with its sense's vector (`right`) or others'. */
export interface MeanCosines {
  readonly same: number;
  readonly different: number;
  readonly right: number;
  readonly wrong: number;
}

export async function usesOf(
  document: readonly TaggedSentence[],
  deps: {
    readonly embedder: Embedder;
    readonly layer: LayerRule;
    readonly ranker: SenseRanker;
    readonly index: SenseIndex;
    readonly inventory: SenseInventory;
  },
): Promise<LearningUse[]> {
  const { embedder, layer, ranker, index, inventory } = deps;
  const whole = readableText(document);
  const sentences = document.map((sentence) => readableText([sentence]));
  const [vectors] = await embedWords([whole], layer, embedder);
  const alone = (await embedWords(sentences, layer, embedder)).flatMap((own, i) =>
    sentences[i]!.instances.map(({ word }) => own[word]),
  );
  return whole.instances.flatMap(({ lemma, partOfSpeech, keys, word }, i): LearningUse[] => {
    // Senses are ordered by tagged uses, as WordNet's own order was counted on these documents too (docs/evaluation.md).
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
 * The effects of a number of corrections taught together: a reader corrects the first `count` wrong senses of a document, or the
 * next `count`, and so on. Each group of corrections is taught alone.
 */
export function effectsOf(
  documents: readonly (readonly LearningUse[])[],
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
  const byLemma = new Map<string, LearningUse[]>();
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

/** Mean cosines of uses with each other and with sense vectors, separately for same and different senses. */
export function meanCosines(uses: readonly LearningUse[], index: SenseIndex): MeanCosines {
  const units = new Map(uses.map((use) => [use, normalise(standardise(use.vector, index.standardisation))]));
  const sums = { same: [0, 0], different: [0, 0], right: [0, 0], wrong: [0, 0] };
  const add = (name: keyof typeof sums, value: number): void => {
    sums[name][0]! += value;
    sums[name][1]!++;
  };
  const before = new Map<string, LearningUse[]>();
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
    // Compared with the last few uses of the lemma only, so that common lemmas do not outweigh all others.
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

/** Gain in accuracy, in points. */
export function gain({ instances, before, after }: Effect): number {
  return (100 * (after - before)) / instances;
}
