import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitLogistic } from '../../src/research/logisticRegression';

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);

describe('logistic regression', () => {
  const rows = [0, 0, 0, 0, 1, 1, 1, 1].map((value) => [value]);
  const positive = [true, false, false, false, true, true, true, false];

  it('gives each group its own share, where one column tells the groups apart', () => {
    const model = fitLogistic(rows, positive, 0);
    near(model([0]), 0.25);
    near(model([1]), 0.75);
    near(model([0.5]), 0.5);
  });

  it('is drawn to the common share by the penalty, and finite where a column separates', () => {
    assert.ok(fitLogistic(rows, positive, 5)([1]) < 0.75);
    const separated = fitLogistic(
      rows,
      rows.map(([value]) => value === 1),
    );
    assert.ok(separated([1]) > 0.8 && separated([1]) < 1);
  });

  it('ignores a constant column, and the units of all others', () => {
    // Squares of numbers far smaller than these are 0 to a computer.
    const value = fc.integer({ min: -5_000_000, max: 5_000_000 }).map((millionths) => millionths / 1e6);
    const pair = fc.record({ value, positive: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(pair, { minLength: 3, maxLength: 30 }),
        fc.integer({ min: 1, max: 1000 }),
        (all, unit) => {
          const labels = all.map((one) => one.positive);
          const plain = fitLogistic(
            all.map((one) => [one.value]),
            labels,
          );
          const scaled = fitLogistic(
            all.map((one) => [7, one.value * unit]),
            labels,
          );
          for (const one of all) near(scaled([7, one.value * unit]), plain([one.value]));
        },
      ),
    );
  });

  it('needs at least one row', () => {
    assert.throws(() => fitLogistic([], []), /no row/);
  });
});
