import { type ConsistencyThresholds, type FittedValues, profileRules, type SenseInventory } from '../../core';
import { type ScoredDocument, type ConsistencyScores, scoreConsistency } from '../consistencyScores';
import { readScoredDocuments } from '../readScoredDocuments';
import type { Fitting } from './scores';

/** Least recall of the warnings in percent; of thresholds with that recall those with the best precision are chosen. */
const LEAST_RECALL = 15;
export const AGREEMENTS = [0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25];
export const OVERLAPS = [0.04, 0.05, 0.055, 0.06, 0.07, 0.08];
/** The thresholds for fiction are this many steps of the grid stricter. */
const FICTION_STEPS = 2;

export interface GridCell extends ConsistencyScores {
  readonly maximumAgreement: number;
  readonly maximumOverlap: number;
  /** Precision in the corpus where it is lowest. */
  readonly leastPrecision: number;
}

/** The scores of every pair of thresholds in the grid. @param corpora scored documents by corpus */
export function scoreGrid(
  corpora: readonly (readonly ScoredDocument[])[],
  thresholds: ConsistencyThresholds,
  inventory: SenseInventory,
): readonly GridCell[] {
  return AGREEMENTS.flatMap((maximumAgreement) =>
    OVERLAPS.map((maximumOverlap) => {
      const rules = { ...profileRules('default', thresholds), maximumAgreement, maximumOverlap };
      const each = corpora.map((documents) => scoreConsistency(documents, rules, inventory).precision ?? 100);
      return {
        maximumAgreement,
        maximumOverlap,
        leastPrecision: Math.min(...each),
        ...scoreConsistency(corpora.flat(), rules, inventory),
      };
    }),
  );
}

/** The thresholds of the greatest precision at LEAST_RECALL, for fiction two steps stricter; else the present ones. */
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
  const corpora: ScoredDocument[][] = [];
  for (const { documents, order } of sets)
    corpora.push(
      await readScoredDocuments(documents, { ...model, fitted, order, raw: false, staticVectors: false }),
    );
  const grid = scoreGrid(corpora, fitted.consistency, model.inventory);
  const enough = grid.filter(({ recall }) => recall !== null && recall >= LEAST_RECALL).length;
  tell(`consistency: ${enough} of ${grid.length} pairs of bounds find enough`);
  return chooseThresholds(grid, fitted.consistency);
}
