import type { ConsistencyRules } from '../core';
import type { Use } from '../core';
import { type ConsistencyWarning, strongestWarnings, warningOf } from '../core';
import type { PartOfSpeech, SenseKey, Span } from '../core';
import type { SenseInventory } from '../core';
import { bootstrapInterval } from './bootstrap';

/** A gold instance, and the use that was read there, if one was. */
export interface DiscourseInstance extends Span {
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly gold: readonly SenseKey[];
  /** `undefined` for a word with one sense, and where nothing was read. */
  readonly use: Use | undefined;
}

export interface DiscourseDocument {
  /** Of running text. */
  readonly words: number;
  readonly instances: readonly DiscourseInstance[];
}

/** Consistency warnings against gold senses: shares and intervals in percent, null where there is nothing to share. */
export interface DiscourseScores {
  /** Share of the warnings that are right: the flagged use has no gold sense in common with any use it cites. */
  readonly precision: number | null;
  /** Share of the varying groups that got a right warning. */
  readonly recall: number | null;
  readonly warnings: number;
  /** Varying groups: uses of one lemma and part of speech in a document, two of which have no gold sense in common. */
  readonly groups: number;
  /** All groups of two uses or more. */
  readonly repeated: number;
  readonly perThousandWords: number | null;
  /** By a bootstrap over documents; null for fewer than two. */
  readonly precisionInterval: readonly [low: number, high: number] | null;
  readonly recallInterval: readonly [low: number, high: number] | null;
}

interface Counts {
  readonly words: number;
  readonly warnings: number;
  readonly right: number;
  readonly repeated: number;
  readonly varying: number;
  readonly found: number;
}

/** Scores the warnings that some rules give in documents; their parts of speech are those scored. */
export function scoreDiscourse(
  documents: readonly DiscourseDocument[],
  rules: ConsistencyRules,
  inventory: SenseInventory,
): DiscourseScores {
  const counts = documents.map((document) => countDocument(document, rules, inventory));
  const total = (of: keyof Counts, chosen: readonly Counts[] = counts): number =>
    chosen.reduce((sum, one) => sum + one[of], 0);
  const share = (part: keyof Counts, whole: keyof Counts) => (chosen: readonly Counts[]) =>
    (100 * total(part, chosen)) / total(whole, chosen);
  const precision = share('right', 'warnings');
  const recall = share('found', 'varying');
  const interval = (measure: (chosen: readonly Counts[]) => number): readonly [number, number] | null => {
    if (documents.length < 2 || Number.isNaN(measure(counts))) return null;
    const { low, high } = bootstrapInterval(counts, measure);
    return [oneDecimal(low)!, oneDecimal(high)!];
  };
  return {
    precision: oneDecimal(precision(counts)),
    recall: oneDecimal(recall(counts)),
    warnings: total('warnings'),
    groups: total('varying'),
    repeated: total('repeated'),
    perThousandWords: oneDecimal((1000 * total('warnings')) / total('words')),
    precisionInterval: interval(precision),
    recallInterval: interval(recall),
  };
}

/** The warnings of one document, and which of its instances each speaks of. */
function countDocument(
  { words, instances }: DiscourseDocument,
  rules: ConsistencyRules,
  inventory: SenseInventory,
): Counts {
  const scored = instances.filter(({ partOfSpeech }) => rules.partsOfSpeech.includes(partOfSpeech));
  const groups = [...groupBy(scored, nameOf).values()].filter(({ length }) => length > 1);
  const varying = groups.filter((group) =>
    group.some((one) => group.some((other) => areDisjoint(one.gold, other.gold))),
  );
  const instanceAt = new Map(instances.map((instance) => [instance.start, instance]));
  const judged = documentWarnings({ words, instances }, rules, inventory).map(({ start, cited }) => {
    const flagged = instanceAt.get(start)!;
    const isRight = cited.every((other) => areDisjoint(flagged.gold, instanceAt.get(other.start)!.gold));
    return { flagged, isRight };
  });
  const right = judged.filter(({ isRight }) => isRight);
  const found = new Set(right.map(({ flagged }) => nameOf(flagged)));
  return {
    words,
    warnings: judged.length,
    right: right.length,
    repeated: groups.length,
    varying: varying.length,
    found: varying.filter(([first]) => found.has(nameOf(first!))).length,
  };
}

/** Uses are grouped as a reader would, by the predicted lemma and part of speech. */
function documentWarnings(
  { words, instances }: DiscourseDocument,
  rules: ConsistencyRules,
  inventory: SenseInventory,
): ConsistencyWarning[] {
  const uses = instances.flatMap(({ use }) => use ?? []);
  const groups = groupBy(
    uses.map((use) => ({
      use,
      lemma: inventory.lemma(use.sense),
      partOfSpeech: inventory.partOfSpeech(use.sense),
    })),
    nameOf,
  );
  const warnings = [...groups.values()].flatMap((group) => {
    const { lemma, partOfSpeech } = group[0]!;
    if (!rules.partsOfSpeech.includes(partOfSpeech)) return [];
    return [...warningOf({ lemma, partOfSpeech, uses: group.map(({ use }) => use) }, rules, inventory)];
  });
  const given = warnings.filter((warning) => warning !== undefined);
  return strongestWarnings(given, words, rules);
}

function nameOf({ lemma, partOfSpeech }: Pick<DiscourseInstance, 'lemma' | 'partOfSpeech'>): string {
  return `${partOfSpeech} ${lemma}`;
}

function areDisjoint(keys: readonly SenseKey[], others: readonly SenseKey[]): boolean {
  return !keys.some((key) => others.includes(key));
}

function groupBy<T>(items: readonly T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = by(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

function oneDecimal(value: number): number | null {
  return Number.isFinite(value) ? Math.round(10 * value) / 10 : null;
}
