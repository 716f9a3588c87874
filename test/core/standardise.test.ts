import assert from 'node:assert/strict';
import { cosine } from '../../src/core/vectors/math';
import { standardise, StandardisationFit, unstandardise } from '../../src/core/vectors/standardise';

const fit = (rows: readonly (readonly number[])[]): StandardisationFit => {
  const result = new StandardisationFit(rows[0]!.length);
  for (const row of rows) result.add(Float32Array.from(row));
  return result;
};

describe('standardisation', () => {
  const rows = [
    [1, 10, -7e-33],
    [2, 20, -7e-33],
    [3, 60, -7e-33],
  ];
  const standardisation = fit(rows).result();

  it('gives each dimension mean 0 and deviation 1', () => {
    const scores = rows.map((row) => standardise(Float32Array.from(row), standardisation));
    for (const dimension of [0, 1]) {
      const values = scores.map((row) => row[dimension]!);
      assert.ok(Math.abs(values.reduce((a, b) => a + b)) < 1e-5);
      assert.ok(Math.abs(values.reduce((a, b) => a + b * b, 0) / 3 - 1) < 1e-5);
    }
  });

  it('makes a dead dimension 0, never NaN', () => {
    assert.deepEqual(standardise(Float32Array.of(5, 5, 5), standardisation)[2], 0);
    assert.equal(standardisation.deviation[2], 0);
  });

  it('can be undone', () => {
    const vector = Float32Array.from(rows[2]!);
    const back = unstandardise(standardise(vector, standardisation), standardisation);
    assert.ok(cosine(back, vector) > 0.999999);
  });

  it('goes on from a saved state as if never interrupted', () => {
    const first = fit(rows.slice(0, 2)).state;
    const resumed = new StandardisationFit(3, {
      mean: first.mean.slice(),
      squares: first.squares.slice(),
      count: first.count,
    });
    resumed.add(Float32Array.from(rows[2]!));
    assert.deepEqual(resumed.result(), standardisation);
  });

  it('refuses to fit nothing', () => {
    assert.throws(() => new StandardisationFit(2).result(), /No vectors/);
  });
});
