import assert from 'node:assert/strict';
import { bootstrapInterval } from '../../src/research/bootstrap';
import { profileRules } from '../../src/core/consistency/profiles';
import {
  type ScoredDocument,
  type ScoredInstance,
  scoreConsistency,
} from '../../src/research/consistencyScores';
import type { PartOfSpeech } from '../../src/core/model';
import { fitted, wordnet } from '../support/artifacts';

const RULES = profileRules('default', fitted.default.consistency);
const MONEY = 'bank%1:14:00::';
const SLOPE = 'bank%1:17:01::';

/** An instance that is read as one sense for sure. */
function instance(
  start: number,
  read: string | undefined,
  gold: readonly string[],
  partOfSpeech: PartOfSpeech = 'noun',
): ScoredInstance {
  const sense = read === undefined ? undefined : wordnet().find(read)!;
  const place = { start, end: start + 4 };
  return {
    ...place,
    lemma: 'bank',
    partOfSpeech,
    gold,
    use:
      sense === undefined
        ? undefined
        : {
            ...place,
            sense,
            candidates: [{ sense, probability: 1, uses: 1 }],
            isChosen: false,
            isDoubtful: false,
          },
  };
}

function document(...instances: readonly ScoredInstance[]): ScoredDocument {
  return { words: 1000, instances };
}

const right = document(
  instance(0, MONEY, [MONEY]),
  instance(5, MONEY, [MONEY]),
  instance(10, SLOPE, [SLOPE]),
);
const wrong = document(
  instance(0, MONEY, [MONEY]),
  instance(5, MONEY, [MONEY]),
  instance(10, SLOPE, [MONEY]),
);
const missed = document(instance(0, MONEY, [MONEY]), instance(5, MONEY, [SLOPE]));

describe('the score of consistency warnings', () => {
  it('counts right warnings, and varying groups that got one', () => {
    const { precision, recall, warnings, groups, repeated, perThousandWords } = scoreConsistency(
      [right, wrong, missed],
      RULES,
      wordnet(),
    );
    assert.deepEqual(
      { precision, recall, warnings, groups, repeated, perThousandWords },
      { precision: 50, recall: 50, warnings: 2, groups: 2, repeated: 3, perThousandWords: 0.7 },
    );
  });

  it('takes key sets for different only where they share no key', () => {
    const shared = document(instance(0, MONEY, [MONEY, SLOPE]), instance(5, SLOPE, [SLOPE]));
    const { precision, groups } = scoreConsistency([shared], RULES, wordnet());
    assert.deepEqual([precision, groups], [0, 0]);
  });

  it('has a warning right only if all the uses it cites have other senses', () => {
    const mixed = document(...right.instances.slice(0, 1), instance(5, MONEY, [SLOPE]), right.instances[2]!);
    const { precision, recall, groups } = scoreConsistency([mixed], RULES, wordnet());
    assert.deepEqual([precision, recall, groups], [0, 0, 1]);
  });

  it('compares no uses of different documents, and leaves out unread ones and other parts of speech', () => {
    const parted = [document(instance(0, MONEY, [MONEY])), document(instance(0, SLOPE, [SLOPE]))];
    const unread = document(instance(0, MONEY, [MONEY]), instance(5, undefined, [SLOPE]));
    const scores = scoreConsistency([...parted, unread], RULES, wordnet());
    assert.deepEqual([scores.warnings, scores.groups], [0, 1]);
    const verbs = { ...RULES, partsOfSpeech: ['verb'] as const };
    assert.deepEqual(scoreConsistency([right], verbs, wordnet()), {
      precision: null,
      recall: null,
      warnings: 0,
      groups: 0,
      repeated: 0,
      perThousandWords: 0,
      precisionInterval: null,
      recallInterval: null,
    });
  });

  it('has intervals around the figures, from two documents on', () => {
    const { precisionInterval, recallInterval } = scoreConsistency(
      [right, wrong, missed, right, right],
      RULES,
      wordnet(),
    );
    const [low, high] = precisionInterval!;
    assert.ok(low < 75 && high === 100, `${low} to ${high}`);
    assert.ok(recallInterval![0] < 75 && recallInterval![1] === 100);
    assert.equal(scoreConsistency([right], RULES, wordnet()).precisionInterval, null);
  });
});

describe('the bootstrap', () => {
  it('gives the same interval for the same documents, and no width where they agree', () => {
    const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;
    const values = Array.from({ length: 50 }, (_, i) => i % 7);
    assert.deepEqual(bootstrapInterval(values, mean), bootstrapInterval(values, mean));
    assert.deepEqual(bootstrapInterval([3, 3, 3], mean), { low: 3, high: 3 });
    const { low, high } = bootstrapInterval(values, mean);
    assert.ok(low < mean(values) && mean(values) < high && high - low < 2);
  });
});
