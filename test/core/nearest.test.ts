import assert from 'node:assert/strict';
import { createSenseRanker, createStaticRanker } from '../../src/core/senses/nearest';
import type { Recipe } from '../../src/core/senses/recipes';
import { fitted } from '../support/artifacts';
import type { SenseIndex, SenseVector } from '../../src/core/senses/senseIndex';
import { wordnet } from '../support/artifacts';

const [TEXTBOOK, AVERAGES] = [fitted.textbook.recipe, fitted.averages.recipe];
const inventory = wordnet();
const bank = inventory.senses('bank', 'noun');
const [river, money] = bank as [number, number];
const quantised = (...values: number[]): SenseVector => ({ values: Int8Array.from(values), scale: 0.1 });

/** An index in three dimensions: raw vectors have mean (1, 0, 0) and deviation (2, 1, 0). */
function indexOf(
  averages: Readonly<Record<number, readonly [uses: number, vector: SenseVector]>>,
  glosses: Readonly<Record<number, SenseVector>> = {},
): SenseIndex {
  const flat = { mean: new Float32Array(3), deviation: Float32Array.of(1, 1, 1) };
  return {
    manifest: { trained: false } as SenseIndex['manifest'],
    id: 'test',
    standardisation: { mean: Float32Array.of(1, 0, 0), deviation: Float32Array.of(2, 1, 0) },
    glossStandardisation: flat,
    partOfSpeechModel: { weights: new Float32Array(16) },
    uses: (sense) => averages[sense]?.[0] ?? 0,
    average: (sense) => averages[sense]?.[1],
    gloss: (synset) => glosses[synset],
  };
}

function rank(
  index: SenseIndex,
  recipe: Recipe,
  vector: readonly number[],
  candidates = [river, money],
): string[] {
  return createSenseRanker(index, inventory, recipe)
    .rank(Float32Array.from(vector), candidates)
    .map(
      ({ sense, cosine, evidence }) =>
        `${sense === river ? 'river' : 'money'} ${cosine.toFixed(2)} ${evidence.kind}`,
    );
}

describe('the nearest sense', () => {
  const both = indexOf({ [river]: [3, quantised(10, 0, 0)], [money]: [50, quantised(0, 10, 0)] });

  it('has the highest cosine after standardising', () => {
    assert.deepEqual(rank(both, TEXTBOOK, [5, 1, 0]), ['river 0.89 average', 'money 0.45 average']);
    assert.deepEqual(rank(both, TEXTBOOK, [3, 2, 0]), ['money 0.89 average', 'river 0.45 average']);
  });

  it('compares raw vectors if the recipe says so', () => {
    // Raw, the river average is (3, 0, 0) and the money average (1, 1, 0).
    const raw = { ...TEXTBOOK, scale: 'raw' as const };
    assert.deepEqual(rank(both, raw, [2, 0, 0]), ['river 1.00 average', 'money 0.71 average']);
  });

  it('lets frequency decide a close call, and keeps what context says apart', () => {
    const recipe = { ...TEXTBOOK, prior: 0.1 };
    const ranked = createSenseRanker(both, inventory, recipe).rank(Float32Array.of(3.1, 1, 0), [
      river,
      money,
    ]);
    assert.equal(ranked[0]!.sense, money);
    assert.ok(ranked[1]!.contextScore > ranked[0]!.contextScore);
    assert.equal(
      createSenseRanker(both, inventory, TEXTBOOK).rank(Float32Array.of(3.1, 1, 0), [river, money])[0]!.sense,
      river,
    );
  });

  it('leaves a sense without uses out of the textbook recipe', () => {
    const one = indexOf({ [money]: [1, quantised(-10, 0, 0)] });
    assert.deepEqual(rank(one, TEXTBOOK, [5, 1, 0]), ['money -0.89 average', 'river 0.00 none']);
  });

  it('falls back on the first candidate where no sense has uses', () => {
    assert.deepEqual(rank(indexOf({}), TEXTBOOK, [5, 1, 0]), ['river 0.00 none', 'money 0.00 none']);
  });

  it('compares a sense without uses by its hypernyms, else by its gloss', () => {
    const slope = inventory.synsetSenses(inventory.hypernyms(inventory.synset(river))[0]!)[0]!;
    const related = indexOf(
      { [slope]: [7, quantised(10, 0, 0)] },
      { [inventory.synset(money)]: quantised(0, 10, 0) },
    );
    assert.deepEqual(rank(related, { ...AVERAGES, prior: 0 }, [5, 1, 0]).sort(), [
      'money 0.45 gloss',
      'river 0.89 related',
    ]);
  });

  it('adds the cosine with the gloss', () => {
    const glossed = indexOf(
      { [river]: [1, quantised(10, 0, 0)], [money]: [1, quantised(10, 0, 0)] },
      { [inventory.synset(money)]: quantised(10, 1, 0) },
    );
    assert.match(rank(glossed, { ...AVERAGES, prior: 0 }, [5, 1, 0])[0]!, /^money/);
    assert.match(rank(glossed, { ...AVERAGES, prior: 0, gloss: 0 }, [5, 1, 0])[0]!, /^river/);
  });

  it('weighs parts of speech by tag without excluding any', () => {
    const verb = inventory.senses('bank', 'verb')[0]!;
    const near = indexOf({ [river]: [1, quantised(10, 0, 0)], [verb]: [1, quantised(10, 1, 0)] });
    const best = (tag: 'NOUN' | 'VERB', vector: readonly number[]): number =>
      createSenseRanker(near, inventory, TEXTBOOK).rank(Float32Array.from(vector), [river, verb], tag)[0]!
        .sense;
    assert.equal(best('NOUN', [5, 0.1, 0]), river);
    assert.equal(best('VERB', [5, 0.1, 0]), verb);
    const apart = indexOf({ [river]: [1, quantised(0, -10, 0)], [verb]: [1, quantised(0, 10, 0)] });
    const against = createSenseRanker(apart, inventory, TEXTBOOK).rank(
      Float32Array.of(1, 5, 0),
      [river, verb],
      'NOUN',
    );
    assert.equal(against[0]!.sense, verb);
  });

  it('gives no NaN for a vector that equals the mean', () => {
    for (const { cosine, score } of createSenseRanker(both, inventory, AVERAGES).rank(
      Float32Array.of(1, 0, 0),
      [river, money],
    )) {
      assert.equal(cosine, 0);
      assert.ok(Number.isFinite(score));
    }
  });

  it('cannot tell senses apart by the static vector', () => {
    const ranked = createStaticRanker().rank(Float32Array.of(1, 2, 3), bank);
    assert.deepEqual(
      ranked.map(({ sense }) => sense),
      bank,
    );
    assert.equal(new Set(ranked.map(({ score }) => score)).size, 1);
  });
});
