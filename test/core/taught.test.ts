import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createProjectInventory } from '../../src/core/project/projectInventory';
import { createSenseRanker } from '../../src/core/senses/nearest';
import { createTaughtRanker } from '../../src/core/senses/taught';
import { normalise } from '../../src/core/vectors/math';
import type { SenseIndex } from '../../src/core/senses/senseIndex';
import { fitted, wordnet } from '../support/artifacts';
import { scoringRanker } from '../support/scoringRanker';

const DIMENSIONS = 6;
const inventory = wordnet();
const [first, second, third] = inventory.senses('bank', 'noun') as [number, number, number];
/** The first sense leads by 0.3, whatever the context. */
const ranker = scoringRanker((sense) => (sense === first ? 0.5 : sense === second ? 0.2 : 0.1));
const index = {
  standardisation: { mean: new Float32Array(DIMENSIONS), deviation: new Float32Array(DIMENSIONS).fill(1) },
} as Partial<SenseIndex> as SenseIndex;
/** An index without any sense vector. */
const emptyIndex: SenseIndex = {
  ...index,
  manifest: { trained: true } as SenseIndex['manifest'],
  glossStandardisation: index.standardisation,
  partOfSpeechModel: { weights: new Float32Array(4 * (DIMENSIONS + 1)) },
  uses: () => 0,
  average: () => undefined,
  gloss: () => undefined,
} as Partial<SenseIndex> as SenseIndex;
const { recipe, learning } = fitted.default;
const taught = (): ReturnType<typeof createTaughtRanker> =>
  createTaughtRanker(ranker, { index, inventory, recipe }, learning);

const vector = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: DIMENSIONS, maxLength: DIMENSIONS })
  .map((values) => Float32Array.from(values))
  .filter((values) => values.some((value) => Math.abs(value) > 0.1));
const cosineOf = (a: Float32Array, b: Float32Array): number => {
  const [x, y] = [normalise(a.slice()), normalise(b.slice())];
  return x.reduce((sum, value, i) => sum + value * y[i]!, 0);
};

describe('a ranker that was taught', () => {
  it('ranks a sense of the project that nothing is known of yet', () => {
    const project = createProjectInventory(inventory);
    const sense = {
      word: 'bank',
      partOfSpeech: 'noun',
      id: 'own',
      definition: 'x',
      examples: [],
      wordnet: 'beside',
    } as const;
    project.take([{ ...sense, number: 0 }]);
    for (const [kind, values] of Object.entries(fitted)) {
      const own = createTaughtRanker(
        createSenseRanker(emptyIndex, project, values.recipe),
        { index: emptyIndex, inventory: project, recipe: values.recipe },
        values.learning,
      );
      const ranked = own.rank(Float32Array.from([1, 0, 0, 0, 0, 0]), project.senses('bank', 'noun'), 'NOUN');
      assert.ok(
        ranked.some((one) => project.isOwn(one.sense)),
        kind,
      );
    }
  });

  it('gives a corrected use the sense it was corrected to, and leaves alone what is not like it', () => {
    fc.assert(
      fc.property(vector, vector, (use, other) => {
        const own = taught();
        own.teach([{ sense: second, vector: use }], []);
        const [best] = own.rank(use, [first, second, third]);
        assert.equal(best!.sense, second);
        assert.deepEqual(best!.evidence, { kind: 'taught', uses: 1 });
        const ranked = own.rank(other, [first, second, third]);
        if (cosineOf(use, other) < learning.likeness - 1e-6)
          assert.deepEqual(ranked, ranker.rank(other, [first, second, third]));
        own.teach([], []);
        assert.deepEqual(own.rank(use, [first, second]), ranker.rank(use, [first, second]));
      }),
    );
  });

  it('compares a sense of the project by its examples, on one scale with the others', () => {
    const own = taught();
    const project = inventory.senseCount;
    const example = Float32Array.from([1, 1, 0, 0, 0, 0]);
    own.teach([], [{ sense: project, vector: example }]);
    const like = own.rank(example, [first, second, project]);
    assert.equal(like[0]!.sense, project);
    assert.deepEqual(like[0]!.evidence, { kind: 'average', uses: 1 });
    const unlike = own.rank(Float32Array.from([0, 0, 1, -1, 0, 0]), [first, second, project]);
    assert.equal(unlike.at(-1)!.sense, project);
    own.teach([], [{ sense: project, vector: example, isGloss: true }]);
    assert.deepEqual(own.rank(example, [project])[0]!.evidence, { kind: 'gloss' });
  });
});
