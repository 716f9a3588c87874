import type { ConsistencyRules } from '../core';
import type { Use } from '../core';
import { type ConsistencyWarning, strongestWarnings, warningOf } from '../core';
import type { PartOfSpeech, SenseKey, Span } from '../core';
import type { SenseInventory } from '../core';
import { bootstrapInterval } from './bootstrap';

/** A tagged instance with its gold senses, and the predicted use there. */
export interface ScoredInstance extends Span {
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly gold: readonly SenseKey[];
  /** `undefined` for a word with one sense, and where nothing was read. */
  readonly use: Use | undefined;
}

export interface ScoredDocument {
  /** Number of words of running text. */
  readonly words: number;
  readonly instances: readonly ScoredInstance[];
}

/** Consistency warnings judged by gold senses. Shares and intervals are in percent, null where there is nothing to count. */
export interface ConsistencyScores {
  /** Share of the warnings that are right: the flagged use has no gold sense in common with any use it cites. */
  readonly precision: number | null;
  /** Share of the varying groups that got a right warning. */
  readonly recall: number | null;
  readonly warnings: number;
  /** Number of varying groups: uses of one lemma and part of speech in a document, two of which share no gold sense. */
  readonly groups: number;
  /** Number of all groups of two or more uses. */
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

/** Scores the warnings that rules give in documents; only the rules' parts of speech are scored. */
export function scoreConsistency(
  documents: readonly ScoredDocument[],
  rules: ConsistencyRules,
  inventory: SenseInventory,
): ConsistencyScores {
  const counts = documents.map((document) => countDocument(document, rules, inventory));
  const total = (of: keyof Counts, chosen: readonly Counts[] = counts): number =>
    chosen.reduce((sum, document) => sum + document[of], 0);
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

/** Counts warnings and varying groups of one document, and which of them are right or found. */
function countDocument(
  { words, instances }: ScoredDocument,
  rules: ConsistencyRules,
  inventory: SenseInventory,
): Counts {
  const scored = instances.filter(({ partOfSpeech }) => rules.partsOfSpeech.includes(partOfSpeech));
  const groups = [...groupBy(scored, nameOf).values()].filter(({ length }) => length > 1);
  const varying = groups.filter((group) =>
    group.some((instance) => group.some((other) => areDisjoint(instance.gold, other.gold))),
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

/** The warnings of one document. Uses are grouped by predicted lemma and part of speech, as they are in the editor. */
function documentWarnings(
  { words, instances }: ScoredDocument,
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

function nameOf({ lemma, partOfSpeech }: Pick<ScoredInstance, 'lemma' | 'partOfSpeech'>): string {
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
