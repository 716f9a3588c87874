import assert from 'node:assert/strict';
import { type LabelledUse, neighbourPrecision } from '../../src/research/scripts/neighbourPrecision';

const use = (label: string, ...vector: readonly number[]): LabelledUse => ({
  label,
  vector: Float32Array.from(vector),
});

describe('precision among the nearest uses', () => {
  const apart = [use('a', 1, 0), use('a', 2, 0.1), use('a', 3, 0.2), use('b', 0, 1), use('b', 0.1, 2)];

  it('is whole where the nearest share the label, whatever the lengths', () => {
    assert.equal(neighbourPrecision(apart, 1), 1);
  });

  it('falls where there are not enough of them', () => {
    // Each a has two of its own; each b has one and an a.
    assert.equal(neighbourPrecision(apart, 2), (3 * 1 + 2 * 0.5) / 5);
  });

  it('is chance where all vectors are the same', () => {
    const alike = ['a', 'a', 'a', 'b', 'b'].map((label) => use(label, 1, 1));
    const chance = (3 * (2 / 4) + 2 * (1 / 4)) / 5;
    assert.ok(Math.abs(neighbourPrecision(alike, 2) - chance) < 1e-12);
    assert.ok(Math.abs(neighbourPrecision([...alike].reverse(), 2) - chance) < 1e-12);
  });
});
