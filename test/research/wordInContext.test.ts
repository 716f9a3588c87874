import assert from 'node:assert/strict';
import {
  compareUses,
  crossValidated,
  type LabelledEvidence,
  parsePairLine,
  scorePairs,
  type UseReading,
  type UseSense,
} from '../../src/research/wordInContext';

describe('a line of Word-in-Context', () => {
  it('is two uses in running text', () => {
    const { lemma, partOfSpeech, uses } = parsePairLine(
      "Bank\tN\t4-1\t`` Is n't the bank open ? ''\tThe bank , we rowed to .",
    );
    assert.equal(lemma, 'bank');
    assert.equal(partOfSpeech, 'noun');
    assert.deepEqual(
      uses.map(({ text }) => text),
      ['"Isn\'t the bank open?"', 'The bank, we rowed to.'],
    );
    for (const { text, word } of uses) assert.equal(text.slice(word.start, word.end), 'bank');
  });

  it('says what it lacks', () => {
    for (const [line, problem] of [
      ['bank\tN\t1-1\tThe bank', /4 fields, not 5/],
      ['bank\tA\t1-1\tThe bank\tA bank', /"A" is neither N nor V/],
      ['bank\tN\t1\tThe bank\tA bank', /"1" is no pair of places/],
      ['bank\tN\t1-2\tThe bank\tA bank', /no word at place 2/],
      ['bank\tN\t1-2\tThe bank\tA bank .', /no word at place 2/],
    ] as const)
      assert.throws(() => parsePairLine(line), problem);
  });
});

const SUPERSENSES = ['noun.object', 'noun.object', 'noun.group'];
const RECIPE = { sharpness: 1 };

/** A use in which the senses 0, 1, 2 have these probabilities. */
function use(form: string, ...probabilities: readonly number[]): UseReading {
  const ranked = probabilities
    .map((probability, sense): UseSense => ({
      sense,
      supersense: SUPERSENSES[sense]!,
      score: Math.log(probability),
      cosine: probability,
    }))
    .sort((a, b) => b.score - a.score);
  return { form, vector: Float32Array.of(1, 0), rankings: [ranked] };
}

function ranking(a: UseReading, b: UseReading): Record<string, number | boolean> {
  const [one] = compareUses(a, b, [RECIPE]).rankings;
  return Object.fromEntries(
    Object.entries(one!).map(([name, value]: [string, number | boolean]) => [
      name,
      typeof value === 'number' ? Math.round(1000 * value) / 1000 : value,
    ]),
  );
}

describe('the evidence for one sense in two uses', () => {
  it('adds up over senses, whatever their order in either use', () => {
    const sure = ranking(use('bank', 0.8, 0.1, 0.1), use('bank', 0.1, 0.8, 0.1));
    assert.equal(sure['sameSense'], false);
    assert.equal(sure['probability'], 0.17);
    assert.equal(sure['supersense'], 0.82);
    assert.equal(sure['overlap'], 0.666);
    assert.equal(sure['agreement'], -0.5);
    assert.equal(sure['entropy'], 1.278);
  });

  it('is whole for two uses that are alike, but for what is unsure in them', () => {
    const same = ranking(use('bank', 0.5, 0.3, 0.2), use('bank', 0.5, 0.3, 0.2));
    assert.deepEqual(
      { ...same, entropy: undefined },
      {
        sameSense: true,
        probability: 0.38,
        supersense: 0.68,
        overlap: 1,
        entropy: undefined,
        agreement: 1,
      },
    );
  });

  it('says "one sense" for a word without senses', () => {
    const { rankings, senses, sameForm } = compareUses(use('Blog'), use('blog'), [RECIPE]);
    assert.equal(rankings[0]!.sameSense, true);
    assert.equal(rankings[0]!.probability, 1);
    assert.equal(senses, 0);
    assert.equal(sameForm, true);
  });
});

/** Same uses agree a little more than others: by cosine, but not by a threshold of 0. */
function pair(cosine: number, same: boolean, lemma: string): LabelledEvidence {
  const [a, b] = [use('bank', 0.6, 0.3, 0.1), use('bank', 0.6, 0.3, 0.1)];
  return { lemma, same, evidence: { ...compareUses(a, b, [RECIPE]), cosine } };
}

describe('accuracy on pairs', () => {
  const train = Array.from({ length: 40 }, (_, i) => pair(i / 40, i >= 30, `lemma ${i % 8}`));

  it('is of what was fitted on other pairs', () => {
    const test = [pair(0.1, false, 'x'), pair(0.6, false, 'x'), pair(0.9, true, 'x'), pair(0.7, true, 'x')];
    assert.deepEqual(scorePairs(train, test), { threshold: 75, senses: 50, combination: 75 });
  });

  it('is cross-validated over lemmas', () => {
    assert.ok(crossValidated(train)! > 85);
    // Evidence that holds for one lemma only does not help with another.
    const byLemma = train.map((one, i) => ({ ...one, same: i % 8 < 4, evidence: train[0]!.evidence }));
    assert.ok(crossValidated(byLemma, 8)! < 50);
    assert.equal(crossValidated([pair(0.1, true, 'x')]), null);
  });
});
