import assert from 'node:assert/strict';
import fc from 'fast-check';
import { areFinite, fromHalves, toHalves } from '../../src/core/vectors/half';

/** By the definition of binary16, not by the bits of a single. */
function valueOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const half = (value: number): number => toHalves(Float32Array.of(value))[0]!;
const ALL = Array.from({ length: 0x10000 }, (_, i) => i);
/** Of the finite halves from 0 up, in the order of their values. */
const LAST = 0x7bff;

/** The single next above a positive one. */
function next(single: number): number {
  const values = Float32Array.of(single);
  new Uint32Array(values.buffer)[0]!++;
  return values[0]!;
}

/** The single next below a positive one. */
function previous(single: number): number {
  const values = Float32Array.of(single);
  new Uint32Array(values.buffer)[0]!--;
  return values[0]!;
}

describe('half precision', () => {
  it('has the values of the standard', () => {
    const known: readonly [value: number, half: number][] = [
      [0, 0x0000],
      [-0, 0x8000],
      [1, 0x3c00],
      [-2, 0xc000],
      [0.5, 0x3800],
      [0.333251953125, 0x3555],
      [1 / 3, 0x3555],
      [65504, 0x7bff],
      [2 ** -14, 0x0400],
      [2 ** -24, 0x0001],
      [-(2 ** -15), 0x8200],
      [Infinity, 0x7c00],
      [-Infinity, 0xfc00],
      [NaN, 0x7e00],
    ];
    for (const [value, bits] of known) assert.equal(half(value), bits, `${value}`);
  });

  it('gives each half its value, and back', () => {
    const values = fromHalves(Uint16Array.from(ALL));
    const back = toHalves(values);
    for (const bits of ALL) {
      assert.ok(Object.is(values[bits], valueOf(bits)), `${bits}`);
      if (!Number.isNaN(values[bits])) assert.equal(back[bits], bits);
    }
  });

  it('rounds to the nearest, and from the middle of two to the even one', () => {
    for (let lower = 0; lower <= LAST; lower++) {
      const upperValue = lower === LAST ? 65536 : valueOf(lower + 1);
      const middle = (valueOf(lower) + upperValue) / 2;
      assert.equal(Math.fround(middle), middle);
      assert.equal(half(middle), lower % 2 === 0 ? lower : lower + 1, `${middle}`);
      assert.equal(half(next(middle)), lower + 1);
      assert.equal(half(previous(middle)), lower);
      assert.equal(half(-middle), half(middle) | 0x8000);
    }
  });

  it('errs by at most half a unit of the last place', () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(-65504), max: Math.fround(65504), noNaN: true }), (value) => {
        const error = Math.abs(valueOf(half(value)) - value);
        assert.ok(error <= Math.max(2 ** -25, Math.abs(value) * 2 ** -11));
      }),
    );
  });

  it('says which values it could not hold', () => {
    assert.ok(areFinite(toHalves(Float32Array.of(65519, -65519, 1e-30))));
    assert.ok(!areFinite(toHalves(Float32Array.of(1, 65520))));
    assert.ok(!areFinite(toHalves(Float32Array.of(1, -1e30))));
    assert.ok(!areFinite(toHalves(Float32Array.of(NaN))));
  });

  it('reads a part of a larger array', () => {
    const whole = Float32Array.of(9, 1, -2, 9);
    assert.deepEqual([...toHalves(whole.subarray(1, 3))], [0x3c00, 0xc000]);
  });
});
