import assert from 'node:assert/strict';
import { calibrationError, confidenceOf, coverageAt, fitSharpness } from '../../src/research/confidence';
import type { Outcome } from '../../src/research/score';
import { probabilitiesOf } from '../../src/core/senses/probability';
import { sureSupersense } from '../../src/core/senses/supersense';
import { wordnet } from '../support/artifacts';

/** Chosen sense `a` over `b` by so much, right or not. */
const outcome = (lead: number, isRight: boolean): Outcome => ({
  partOfSpeech: 'noun',
  gold: [isRight ? 'a' : 'b'],
  answer: 'a',
  ranked: [
    { sense: 'a', score: lead },
    { sense: 'b', score: 0 },
  ],
  polysemous: true,
  unseen: false,
});
const repeated = (count: number, lead: number, isRight: boolean): Outcome[] =>
  Array.from({ length: count }, () => outcome(lead, isRight));

describe('probabilities', () => {
  it('add up to 1, in the order of the scores, however far these are apart', () => {
    for (const scores of [[0.5, 0.4, -1], [0], [900, 0]]) {
      const probabilities = probabilitiesOf(
        scores.map((score) => ({ score })),
        { sharpness: 13 },
      );
      assert.ok(Math.abs(probabilities.reduce((a, b) => a + b) - 1) < 1e-6);
      assert.deepEqual(
        [...probabilities].sort((a, b) => b - a),
        probabilities,
      );
    }
  });

  it('depend on the sharpness alone: half and half at 0, the odds at more', () => {
    const odds = (sharpness: number): number => {
      const [a, b] = probabilitiesOf([{ score: 0.1 }, { score: 0 }], { sharpness });
      return a! / b!;
    };
    assert.equal(odds(0), 1);
    assert.ok(Math.abs(odds(10) - Math.E) < 1e-5);
  });
});

describe('confidence', () => {
  it('is 1 for a word with one sense, and 0 for an unanswered one', () => {
    assert.equal(confidenceOf({ ...outcome(1, true), ranked: [] }, 10), 1);
    assert.equal(confidenceOf({ ...outcome(1, true), answer: undefined, ranked: [] }, 10), 0);
  });

  it('is fitted so that probabilities come true', () => {
    // Three of four are right: odds of 3, that is ln 3 / 0.1 = 10.99.
    const outcomes = Array.from({ length: 400 }, (_, i) => outcome(0.1, i % 4 !== 0));
    assert.equal(fitSharpness(outcomes), 11);
    assert.ok(calibrationError(outcomes, 11) < 0.02);
    assert.ok(calibrationError(outcomes, 40) > 0.2);
  });

  it('counts errors of an overconfident bin and of an underconfident one', () => {
    const outcomes = [...repeated(50, 1, false), ...repeated(50, 0, true)];
    const error = calibrationError(outcomes, 60, 2);
    assert.ok(Math.abs(error - 0.75) < 1e-6, `${error}`);
  });

  it('ranks answers: the surest half is more often right', () => {
    const outcomes = [...repeated(50, 0.01, false), ...repeated(50, 0.3, true)];
    assert.equal(coverageAt(outcomes, 10, 1).accuracy, 0.5);
    const half = coverageAt(outcomes, 10, 0.5);
    assert.equal(half.accuracy, 1);
    assert.ok(Math.abs(half.probability - 1 / (1 + Math.exp(-3))) < 1e-6);
  });
});

describe('the supersense of a word in doubt', () => {
  const inventory = wordnet();
  const candidates = (
    ...shares: readonly (readonly [string, number])[]
  ): Parameters<typeof sureSupersense>[0] =>
    shares.map(([key, probability]) => ({ sense: inventory.find(key)!, probability }));

  it('is given where its senses agree on it, and nowhere else', () => {
    const agreeing = candidates(['dog%1:05:00::', 0.45], ['bank%1:17:01::', 0.1], ['cat%1:05:00::', 0.45]);
    assert.equal(sureSupersense(agreeing, inventory), 'noun.animal');
    assert.equal(
      sureSupersense(candidates(['bank%1:17:01::', 0.6], ['bank%1:14:00::', 0.4]), inventory),
      undefined,
    );
  });

  it('says nothing of adjectives, which have one for all', () => {
    const key = inventory.key(inventory.senses('good', 'adj')[0]!);
    assert.equal(sureSupersense(candidates([key, 1]), inventory), undefined);
  });
});
