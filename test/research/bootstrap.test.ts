import assert from 'node:assert/strict';
import type { Outcome } from '../../src/research/score';
import { pairedInterval } from '../../src/research/scripts/pairedBootstrap';

const outcomes = (right: readonly boolean[]): Outcome[] =>
  right.map((isRight) => ({
    partOfSpeech: 'noun',
    gold: ['a'],
    answer: isRight ? 'a' : 'b',
    ranked: [],
    polysemous: true,
    unseen: false,
  }));
const documents = (count: number, right: readonly boolean[]): Outcome[][] =>
  Array.from({ length: count }, () => outcomes(right));

describe('a paired interval', () => {
  it('is narrow where every document agrees', () => {
    const interval = pairedInterval(documents(9, [true, true]), documents(9, [true, false]));
    assert.deepEqual(interval, { difference: 50, low: 50, high: 50 });
  });

  it('holds 0 where one document alone makes the difference', () => {
    const ours = [...documents(9, [true, false]), outcomes([true, true])];
    const { difference, low, high } = pairedInterval(ours, documents(10, [true, false]));
    assert.equal(difference, 5);
    assert.equal(low, 0);
    assert.ok(high > 5);
  });

  it('is the same each time', () => {
    const ours = [...documents(5, [true, true]), ...documents(5, [false, false])];
    const theirs = documents(10, [true, false]);
    assert.deepEqual(pairedInterval(ours, theirs), pairedInterval(ours, theirs));
  });
});
