import { type ConsistencyThresholds, type FittedValues, profileRules, type SenseInventory } from '../../core';
import { type DiscourseDocument, type DiscourseScores, scoreDiscourse } from '../discourse';
import { readDiscourse } from '../readDiscourse';
import type { Fitting } from './scores';

/** What warnings should find of the words whose sense changes, in percent; the rest of the choice is for their precision. */
const LEAST_RECALL = 15;
export const AGREEMENTS = [0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25];
export const OVERLAPS = [0.04, 0.05, 0.055, 0.06, 0.07, 0.08];
/** Fiction's bounds are so many steps stricter. */
const FICTION_STEPS = 2;

export interface GridCell extends DiscourseScores {
  readonly maximumAgreement: number;
  readonly maximumOverlap: number;
  /** Precision in the worst of the corpora. */
  readonly leastPrecision: number;
}

/** What each pair of bounds gives. @param corpora documents read, by corpus */
export function scoreGrid(
  corpora: readonly (readonly DiscourseDocument[])[],
  thresholds: ConsistencyThresholds,
  inventory: SenseInventory,
): readonly GridCell[] {
  return AGREEMENTS.flatMap((maximumAgreement) =>
    OVERLAPS.map((maximumOverlap) => {
      const rules = { ...profileRules('default', thresholds), maximumAgreement, maximumOverlap };
      const each = corpora.map((documents) => scoreDiscourse(documents, rules, inventory).precision ?? 100);
      return {
        maximumAgreement,
        maximumOverlap,
        leastPrecision: Math.min(...each),
        ...scoreDiscourse(corpora.flat(), rules, inventory),
      };
    }),
  );
}

/** The greatest precision at a recall that is enough, for fiction two steps stricter; the present bounds where none is enough. */
export function chooseThresholds(
  grid: readonly GridCell[],
  present: ConsistencyThresholds,
): ConsistencyThresholds {
  const [best] = grid
    .filter(({ recall }) => recall !== null && recall >= LEAST_RECALL)
    .sort((a, b) => b.precision! - a.precision! || b.recall! - a.recall!);
  if (!best) return present;
  const { maximumAgreement, maximumOverlap } = best;
  const stricter = (steps: readonly number[], value: number): number =>
    steps[Math.max(0, steps.indexOf(value) - FICTION_STEPS)]!;
  return {
    default: { maximumAgreement, maximumOverlap },
    fiction: {
      maximumAgreement: stricter(AGREEMENTS, maximumAgreement),
      maximumOverlap: stricter(OVERLAPS, maximumOverlap),
    },
  };
}

export async function chooseConsistency(
  fitted: FittedValues,
  { model, sets, tell }: Fitting,
): Promise<ConsistencyThresholds> {
  const corpora: DiscourseDocument[][] = [];
  for (const { documents, order } of sets)
    corpora.push(
      await readDiscourse(documents, { ...model, fitted, order, raw: false, staticVectors: false }),
    );
  const grid = scoreGrid(corpora, fitted.consistency, model.inventory);
  const enough = grid.filter(({ recall }) => recall !== null && recall >= LEAST_RECALL).length;
  tell(`consistency: ${enough} of ${grid.length} pairs of bounds find enough`);
  return chooseThresholds(grid, fitted.consistency);
}
