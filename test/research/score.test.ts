import assert from 'node:assert/strict';
import { type Outcome, score } from '../../src/research/score';

const outcome = (answer: string | undefined, more: Partial<Outcome> = {}): Outcome => ({
  partOfSpeech: 'noun',
  gold: ['a', 'b'],
  answer,
  ranked: [],
  polysemous: true,
  unseen: false,
  ...more,
});

describe('scores', () => {
  it('take any gold sense for right, and no answer for wrong', () => {
    const { f1, instances, answered } = score([outcome('a'), outcome('b'), outcome('c'), outcome(undefined)]);
    assert.equal(f1.all, 50);
    assert.equal(f1.noun, 50);
    assert.equal(f1.verb, null);
    assert.deepEqual([instances, answered], [4, 3]);
  });

  it('are given by part of speech, polysemy and tagged uses', () => {
    const scores = score([
      outcome('a', { partOfSpeech: 'verb', unseen: true }),
      outcome('c', { polysemous: false }),
      outcome('a'),
    ]);
    assert.deepEqual(scores.f1, { all: 66.7, noun: 50, verb: 100, adj: null, adv: null });
    assert.equal(scores.polysemous, 100);
    assert.equal(scores.unseen, 100);
  });
});
