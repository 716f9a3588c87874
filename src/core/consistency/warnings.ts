import { COMMON_USES } from '../annotations/doubt';
import type { Use } from '../annotations/use';
import type { PartOfSpeech, SenseId, Span } from '../model';
import type { SenseInventory } from '../ports';
import { senseDistance } from '../senses/distance';
import type { ConsistencyRules } from './profiles';
import type { UseGroup } from './uses';

/** Identifies this kind of warning. It must never change, as settings, scripts and CI refer to it. */
export const CONSISTENCY_CODE = 'two-senses';
/** Most uses of the majority that a use is compared with: a novel may have thousands of one word. */
const MOST_COMPARED = 200;
/** Most uses that a warning cites. They are the surest; nobody looks at more. */
const MOST_CITED = 5;

/** A use of a word in another sense than most of its uses have. */
export interface ConsistencyWarning extends Span {
  readonly lemma: string;
  readonly partOfSpeech: PartOfSpeech;
  readonly sense: SenseId;
  /** Is there a doubt about the sense here? */
  readonly isDoubtful: boolean;
  /** The sense that most uses have. */
  readonly elsewhere: SenseId;
  /** The uses this one is compared with, in text order: those in the other sense that are surely apart from it. */
  readonly cited: readonly Span[];
  /** Further uses in this one's sense that are surely apart from the majority, in text order. */
  readonly alike: readonly Span[];
  /** How many of the `total` uses have the other sense. */
  readonly majority: number;
  readonly total: number;
  /** Mean probability that this use and a cited one have the same sense; the lower, the stronger the warning. */
  readonly agreement: number;
}

/**
 * At most one warning about a group: about the use that most surely differs, since warnings about one word are right or wrong
 * together. The majority's sense is the sense predicted most often; of equals, the one with more probability over all uses.
 * Yields `undefined` for each use it looks at, so that a caller can pause.
 */
export function* warningOf(
  { lemma, partOfSpeech, uses }: UseGroup,
  rules: ConsistencyRules,
  inventory: SenseInventory,
): Generator<ConsistencyWarning | undefined> {
  if (uses.length < 2 || (!rules.commonWords && isCommon(uses))) return;
  const elsewhere = yield* majoritySense(uses);
  const majority = uses.filter(({ sense }) => sense === elsewhere);
  const surestOfMajority = [...majority]
    .sort((a, b) => b.candidates[0]!.probability - a.candidates[0]!.probability)
    .slice(0, MOST_COMPARED);
  const isFar = new Map<SenseId, boolean>();
  const flagged: Flagged[] = [];
  for (const use of uses) {
    yield undefined;
    const { sense, isChosen } = use;
    if (sense === elsewhere || isChosen) continue;
    if (!isFar.has(sense))
      isFar.set(sense, senseDistance(sense, elsewhere, inventory) >= rules.minimumDistance);
    const apart = isFar.get(sense) ? usesApart(use, surestOfMajority, rules) : [];
    const agreement = apart.reduce((sum, pair) => sum + pair.agreement, 0) / apart.length;
    if (apart.length > 0) flagged.push({ use, apart, agreement });
  }
  const [surest, ...others] = flagged.sort((a, b) => a.agreement - b.agreement);
  if (!surest) return;
  const { use, apart, agreement } = surest;
  const alike = others.filter((other) => other.use.sense === use.sense).slice(0, MOST_CITED);
  yield {
    ...spanOf(use),
    lemma,
    partOfSpeech,
    sense: use.sense,
    isDoubtful: use.isDoubtful,
    elsewhere,
    cited: apart.map(({ other }) => spanOf(other)).sort(inTextOrder),
    alike: alike.map((other) => spanOf(other.use)).sort(inTextOrder),
    majority: majority.length,
    total: uses.length,
    agreement,
  };
}

/**
 * The strongest warnings, as many as the rules allow for a text of so many words (rounded up), in text order.
 * @param words of running text
 */
export function strongestWarnings(
  warnings: readonly ConsistencyWarning[],
  words: number,
  { perThousandWords }: ConsistencyRules,
): ConsistencyWarning[] {
  return [...warnings]
    .sort((a, b) => a.agreement - b.agreement || a.start - b.start)
    .slice(0, Math.ceil((words * perThousandWords) / 1000))
    .sort((a, b) => a.start - b.start);
}

/** A use in another sense than the majority's, and the uses of the majority that it surely differs from. */
interface Flagged {
  readonly use: Use;
  readonly apart: readonly { readonly other: Use; readonly agreement: number }[];
  readonly agreement: number;
}

/** The uses of the majority that surely have another sense than this use, the surest first. */
function usesApart(
  use: Use,
  majority: readonly Use[],
  { maximumAgreement, maximumOverlap }: ConsistencyRules,
): Flagged['apart'] {
  const probabilities = new Map(use.candidates.map(({ sense, probability }) => [sense, probability]));
  const apart: { other: Use; agreement: number }[] = [];
  for (const other of majority) {
    let [agreement, overlap] = [0, 0];
    for (const { sense, probability } of other.candidates) {
      agreement += probability * (probabilities.get(sense) ?? 0);
      if (sense === use.sense) overlap = probability;
    }
    if (agreement <= maximumAgreement && overlap <= maximumOverlap) apart.push({ other, agreement });
  }
  return apart.sort((a, b) => a.agreement - b.agreement).slice(0, MOST_CITED);
}

function* majoritySense(uses: readonly Use[]): Generator<undefined, SenseId> {
  const counts = new Map<SenseId, number>();
  const mass = new Map<SenseId, number>();
  for (const { sense, candidates } of uses) {
    counts.set(sense, (counts.get(sense) ?? 0) + 1);
    for (const candidate of candidates)
      mass.set(candidate.sense, (mass.get(candidate.sense) ?? 0) + candidate.probability);
    yield undefined;
  }
  const order = (a: SenseId, b: SenseId): number =>
    counts.get(b)! - counts.get(a)! || mass.get(b)! - mass.get(a)! || a - b;
  return [...counts.keys()].sort(order)[0]!;
}

function isCommon([use]: readonly Use[]): boolean {
  return use!.candidates.reduce((sum, { uses }) => sum + uses, 0) >= COMMON_USES;
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

function inTextOrder(a: Span, b: Span): number {
  return a.start - b.start;
}
