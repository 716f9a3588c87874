/** Returns the probability that a row belongs to the positive class. */
export type LogisticModel = (row: readonly number[]) => number;

/** Most steps. Near the solution each step doubles the number of correct digits, so a fit that needs more does not converge. */
const STEPS = 30;

/**
 * Logistic regression by Newton's method, with a ridge penalty so that separable rows have a finite answer (le Cessie & van
 * Houwelingen 1992). Columns are standardised first: one penalty then fits all.
 * @param rows rows x columns
 * @throws Error when there is no row
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  positive: readonly boolean[],
  ridge = 1,
): LogisticModel {
  if (rows.length === 0) throw new Error('There is no row to fit a regression to.');
  const columns = rows[0]!.map((_, column) => scaleOf(rows.map((row) => row[column]!)));
  const scaled = (row: readonly number[]): number[] => [
    1,
    ...columns.map(({ mean, deviation }, column) => (row[column]! - mean) / deviation),
  ];
  const points = rows.map(scaled);
  const weights = new Array<number>(columns.length + 1).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const penalties = weights.map((_, column) => (column === 0 ? 0 : ridge));
    const gradient = weights.map((weight, column) => -penalties[column]! * weight);
    const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? penalties[i]! : 0)));
    points.forEach((point, row) => {
      const probability = sigmoid(product(weights, point));
      const miss = (positive[row] ? 1 : 0) - probability;
      point.forEach((value, i) => {
        gradient[i]! += miss * value;
        point.forEach((other, j) => (curvature[i]![j]! += probability * (1 - probability) * value * other));
      });
    });
    const change = solve(curvature, gradient);
    change.forEach((value, i) => (weights[i]! += value));
    if (change.every((value) => Math.abs(value) < 1e-9)) break;
  }
  return (row) => sigmoid(product(weights, scaled(row)));
}

/** Mean and deviation of a column; for a constant column the deviation is 1, so that nothing is divided by 0. */
function scaleOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) || 1 };
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** Solves `matrix` x = `right` by elimination; a symmetric positive definite matrix needs no pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < rows.length; i++) {
    for (let below = i + 1; below < rows.length; below++) {
      const factor = rows[below]![i]! / rows[i]![i]!;
      rows[below] = rows[below]!.map((value, column) => value - factor * rows[i]![column]!);
    }
  }
  const solution = new Array<number>(rows.length).fill(0);
  for (let i = rows.length - 1; i >= 0; i--) {
    const known = product(rows[i]!.slice(i + 1, rows.length), solution.slice(i + 1));
    solution[i] = (rows[i]![rows.length]! - known) / rows[i]![i]!;
  }
  return solution;
}
