import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Annotation } from '../../src/core/annotations/annotation';
import { closenessTo, findUses, instanceIn, type InstanceSource, useAt } from '../../src/core/instances/uses';
import { componentMap, mapVectors, senseStructure } from '../../src/core/instances/map';
import { compareVectors, randomPairs } from '../../src/core/instances/comparison';
import { contextOf } from '../../src/core/instances/context';
import { cosine, normalise } from '../../src/core/vectors/math';
import { nearestWords } from '../../src/core/instances/neighbours';
import { packInstances, similarity } from '../../src/core/instances/rows';
import { sampleTaggedUses } from '../../src/core/instances/examples';
import { seededRandom } from '../../src/core/util/random';
import { standardise } from '../../src/core/vectors/standardise';
import { principalPlane, project } from '../../src/core/instances/projection';
import { adjustedRand, clusters, silhouette } from '../../src/core/instances/structure';
import { wordnet } from '../support/artifacts';

const DIMENSIONS = 48;
const LONE_HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const standardisation = {
  mean: new Float32Array(DIMENSIONS).fill(0.1),
  deviation: new Float32Array(DIMENSIONS).fill(2),
};
const inventory = wordnet();
const bank = inventory.senses('bank', 'noun');
const rock = inventory.senses('rock', 'noun');

const random = seededRandom(7);
function randomVector(): Float32Array {
  return Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);
}

/** Vectors around a direction of their own for each label. */
function around(centre: Float32Array, noise: number): Float32Array {
  return centre.map((value) => value + noise * (random() - 0.5));
}

interface TestUse {
  readonly sense: number;
  readonly vector: Float32Array | undefined;
  readonly rival?: number;
  readonly probability?: number;
}

/** One paragraph at `base` whose words are 4 characters long, one every 10. */
function source(uses: readonly TestUse[], { document = 0, base = 0 } = {}): InstanceSource {
  const annotations = uses.map(({ sense, rival, vector, probability = 0.9 }, i): Annotation => {
    const candidate = (id: number): Annotation['candidates'][number] => ({
      sense: id,
      lemma: 'bank',
      partOfSpeech: 'noun',
      cosine: 0.5,
      score: 0.5,
      probability,
      evidence: { kind: 'none' },
    });
    return {
      start: 10 * i,
      end: 10 * i + 4,
      text: 'word',
      lemma: 'bank',
      partOfSpeech: 'noun',
      sense,
      polysemous: vector !== undefined,
      cosine: vector && 0.5,
      margin: undefined,
      probability: vector && probability,
      doubt: vector && probability < 0.5 ? 'between two senses' : undefined,
      evidence: { kind: 'none' },
      candidates: rival === undefined ? [candidate(sense)] : [candidate(sense), candidate(rival)],
    };
  });
  const vectors = uses.map(({ vector }) => vector);
  return {
    document,
    paragraphs: [{ base, rows: packInstances(0, annotations, vectors, standardisation) }],
  };
}

function unit(vector: Float32Array): Float32Array {
  return normalise(vector.slice());
}

describe('instances of a document', () => {
  it('keep cosines within .01 at a byte a dimension', () => {
    for (let i = 0; i < 200; i++) {
      const [a, b] = [randomVector(), randomVector()];
      const uses = findUses(
        [
          source([
            { sense: bank[0]!, vector: a },
            { sense: bank[0]!, vector: b },
          ]),
        ],
        bank,
      );
      const exact = cosine(standardise(a, standardisation), standardise(b, standardisation));
      assert.ok(Math.abs(similarity(uses[0]!, uses[1]!) - exact) < 0.01);
    }
  });

  it('are found by their senses, where they stand now', () => {
    const sources = [
      source([
        { sense: bank[0]!, vector: randomVector() },
        { sense: rock[0]!, vector: randomVector() },
      ]),
      source([{ sense: bank[1]!, vector: randomVector() }], { document: 1, base: 500 }),
    ];
    const uses = findUses(sources, bank);
    assert.deepEqual(
      uses.map(({ document, start, end, sense }) => ({ document, start, end, sense })),
      [
        { document: 0, start: 0, end: 4, sense: bank[0] },
        { document: 1, start: 500, end: 504, sense: bank[1] },
      ],
    );
    assert.equal(useAt(uses, { document: 1, start: 500, end: 504 }), 1);
    assert.equal(useAt(uses, { document: 0, start: 500, end: 504 }), -1);
    assert.equal(instanceIn(sources[1]!, { start: 500, end: 504 })!.sense, bank[1]);
    assert.equal(instanceIn(sources[0]!, { start: 10, end: 14 })!.sense, rock[0]);
    assert.equal(instanceIn(sources[0]!, { start: 500, end: 504 }), undefined);
  });

  it('have no similarity without a vector', () => {
    const uses = findUses(
      [
        source([
          { sense: bank[0]!, vector: undefined },
          { sense: bank[0]!, vector: randomVector() },
        ]),
      ],
      bank,
    );
    assert.equal(similarity(uses[0]!, uses[1]!), NaN);
    assert.deepEqual(closenessTo(uses[0]!, uses)[1], { similarity: NaN, closerThan: NaN });
  });

  it('are ranked among the word’s other uses', () => {
    const centre = randomVector();
    const uses = findUses(
      [source(Array.from({ length: 11 }, (_, i) => ({ sense: bank[0]!, vector: around(centre, i / 5) })))],
      bank,
    );
    const closeness = closenessTo(uses[0]!, uses);
    assert.deepEqual(closeness[0], { similarity: 1, closerThan: 1 });
    const ranked = closeness.slice(1).sort((a, b) => a.similarity - b.similarity);
    ranked.forEach(({ closerThan }, i) => assert.ok(Math.abs(closerThan - i / 9) < 1e-9));
  });
});

describe('words near in meaning', () => {
  const words = [...rock, ...inventory.senses('dog', 'noun'), ...inventory.senses('run', 'verb')];

  it('are the nearest, one a sense, and never the word itself', () => {
    const asked = { sense: bank[0]!, vector: randomVector() };
    const others = words.flatMap((sense) =>
      Array.from({ length: 3 }, () => ({ sense, vector: around(asked.vector, 1 + 3 * random()) })),
    );
    const sources = [source([asked, { sense: bank[1]!, vector: asked.vector }, ...others])];
    const [first] = findUses(sources, bank);
    const found = nearestWords(first!, sources, bank, 20);
    const best = new Map<number, number>();
    for (const use of findUses(sources, words)) {
      best.set(use.sense, Math.max(best.get(use.sense) ?? -1, similarity(first!, use)));
    }
    const expected = [...best].sort((a, b) => b[1] - a[1]).slice(0, 20);
    assert.deepEqual(
      found.map(({ use, similarity: value }) => [use.sense, value]),
      expected,
    );
  });
});

describe('the map of senses', () => {
  it('lies along the directions of most variance', () => {
    const [x, y] = [unit(randomVector()), unit(randomVector())];
    const vectors = Array.from({ length: 300 }, () => {
      const [a, b] = [6 * (random() - 0.5), 3 * (random() - 0.5)];
      return Float32Array.from(x, (value, i) => a * value + b * y[i]! + 0.02 * (random() - 0.5));
    });
    const { explained, axes } = principalPlane(vectors);
    assert.ok(explained[0] > explained[1] && explained[0] + explained[1] > 0.98);
    assert.ok(Math.abs(axes[0].reduce((sum, value, i) => sum + value * axes[1][i]!, 0)) < 1e-4);
  });

  it('is the same for the same vectors', () => {
    const vectors = Array.from({ length: 40 }, randomVector);
    assert.deepEqual(principalPlane(vectors), principalPlane(vectors));
  });

  it('keeps a single use, and uses that are all alike, at the middle', () => {
    const vector = randomVector();
    for (const vectors of [[vector], [vector, vector, vector]]) {
      const plane = principalPlane(vectors);
      assert.deepEqual(plane.explained, [0, 0]);
      for (const place of project(vector, plane)) assert.ok(Math.abs(place) < 1e-5);
    }
  });

  it('tells parted senses from mixed ones', () => {
    const [a, b] = [randomVector(), randomVector()];
    const structureOf = (noise: number): ReturnType<typeof senseStructure> => {
      const uses = findUses(
        [
          source(
            Array.from({ length: 60 }, (_, i) => ({
              sense: bank[i % 2]!,
              vector: around(i % 2 ? a : b, noise),
            })),
          ),
        ],
        bank,
      );
      return senseStructure(uses, mapVectors(uses, bank, { average: () => undefined }).uses);
    };
    const [parted, mixed] = [structureOf(0.2), structureOf(20)];
    assert.equal(parted.agreement, 1);
    assert.ok(parted.silhouette! > 0.6);
    assert.ok(mixed.silhouette! < 0.1 && mixed.agreement! < 0.3);
    assert.equal(parted.clusters, 2);
    assert.equal(parted.tooFew, false);
  });

  it('calls senses a continuum where many uses lie between them', () => {
    const uses = findUses(
      [
        source(
          Array.from({ length: 20 }, (_, i) => ({
            sense: bank[i % 2]!,
            rival: bank[1 - (i % 2)]!,
            vector: randomVector(),
            probability: i < 6 ? 0.4 : 0.9,
          })),
        ),
      ],
      bank,
    );
    const { between, continuum } = senseStructure(
      uses,
      mapVectors(uses, bank, { average: () => undefined }).uses,
    );
    assert.equal(between, 0.3);
    assert.deepEqual([...continuum!].sort(), [bank[0], bank[1]].sort());
  });

  it('says nothing of senses where there is one', () => {
    const uses = findUses([source([{ sense: bank[0]!, vector: randomVector() }])], bank);
    const vectors = mapVectors(uses, bank, { average: () => undefined });
    const { structure, points, marks } = componentMap(vectors, senseStructure(uses, vectors.uses));
    assert.deepEqual(structure, {
      silhouette: undefined,
      between: 0,
      agreement: undefined,
      clusters: 1,
      continuum: undefined,
      tooFew: true,
    });
    assert.equal(points.length, 1);
    assert.deepEqual(marks, []);
  });

  it('has the silhouette that comparing every pair gives', () => {
    const vectors = Array.from({ length: 30 }, () => unit(randomVector()));
    const labels = vectors.map((_, i) => i % 3);
    const meanDistance = (i: number, label: number): number => {
      const others = vectors.filter((_, k) => labels[k] === label && k !== i);
      return others.reduce((sum, other) => sum + 1 - cosine(vectors[i]!, other), 0) / others.length;
    };
    const pairwise = vectors.map((_, i) => {
      const own = meanDistance(i, labels[i]!);
      const nearest = Math.min(...[0, 1, 2].filter((l) => l !== labels[i]).map((l) => meanDistance(i, l)));
      return (nearest - own) / Math.max(own, nearest);
    });
    const mean = pairwise.reduce((sum, value) => sum + value, 0) / pairwise.length;
    assert.ok(Math.abs(silhouette(vectors, labels)! - mean) < 1e-5);
  });

  it('measures agreement beyond chance', () => {
    assert.equal(adjustedRand([0, 0, 1, 1], [5, 5, 9, 9]), 1);
    // The example of Hubert and Arabie's formula in Steinley (2004): every pair parted once.
    assert.ok(Math.abs(adjustedRand([0, 0, 1, 1], [0, 1, 0, 1]) - -0.5) < 1e-9);
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 2, maxLength: 30 }), (labels) => {
        const renamed = labels.map((label) => 9 - label);
        assert.equal(adjustedRand(labels, renamed), 1);
      }),
    );
  });

  it('finds clusters without their labels', () => {
    const centres = [randomVector(), randomVector(), randomVector()];
    const truth = Array.from({ length: 60 }, (_, i) => i % 3);
    const vectors = truth.map((label) => unit(around(centres[label]!, 0.1)));
    assert.equal(adjustedRand(clusters(vectors, 3), truth), 1);
  });
});

describe('a comparison of two uses', () => {
  it('shares a cosine out among the dimensions', () => {
    const [a, b] = [randomVector(), randomVector()];
    const { raw, standardised, contributions } = compareVectors(a, b, standardisation, undefined);
    assert.equal(raw, cosine(a, b));
    assert.equal(standardised, cosine(standardise(a, standardisation), standardise(b, standardisation)));
    const shares = contributions.raw.map(({ share }) => Math.abs(share));
    assert.deepEqual(
      shares,
      [...shares].sort((x, y) => y - x),
    );
  });

  it('names a dimension that drives every raw cosine', () => {
    const rogue = 5;
    const vectors = Array.from({ length: 50 }, () => {
      const vector = randomVector();
      vector[rogue] = 3;
      return vector;
    });
    const sources = [source(vectors.map((vector) => ({ sense: bank[0]!, vector })))];
    const plain = {
      mean: new Float32Array(DIMENSIONS).map((_, i) => (i === rogue ? 3 : 0)),
      deviation: new Float32Array(DIMENSIONS).fill(1),
    };
    const pairs = randomPairs([{ document: 0, paragraphs: [...sources[0]!.paragraphs] }], standardisation)!;
    assert.ok(pairs.raw > 0.5, `raw ${pairs.raw}`);
    const { contributions } = compareVectors(vectors[0]!, vectors[1]!, plain, pairs);
    assert.deepEqual([contributions.raw[0]!.dimension, contributions.raw[0]!.rogue], [rogue, true]);
    assert.ok(contributions.raw.slice(1).every(({ rogue: named }) => !named));
  });

  it('has no random pairs of fewer than two words', () => {
    assert.equal(
      randomPairs([source([{ sense: bank[0]!, vector: randomVector() }])], standardisation),
      undefined,
    );
  });
});

describe('a word in its context', () => {
  it('has the text around it in one line, up to a blank line', () => {
    const text = 'Before.\n\nThe *old*\nbank of the\triver\n\nAfter.';
    const start = text.indexOf('bank');
    assert.deepEqual(contextOf(text, { start, end: start + 4 }, 100), {
      left: 'The *old* ',
      keyword: 'bank',
      right: ' of the river',
    });
  });

  it('is cut between words', () => {
    const text = 'An old stone bank stood here';
    const start = text.indexOf('bank');
    assert.deepEqual(contextOf(text, { start, end: start + 4 }, 9), {
      left: 'stone ',
      keyword: 'bank',
      right: ' stood',
    });
  });

  it('is cut to a reach, and never through a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.nat(20), (around, reach) => {
        const text = `${around}bank${around}`;
        const { left, right } = contextOf(text, { start: around.length, end: around.length + 4 }, reach);
        assert.ok(left.length <= reach && right.length <= reach);
        assert.ok(!LONE_HALF.test(`${left} ${right}`));
      }),
    );
  });
});

describe('tagged uses of a sense', () => {
  it('are counted all, and kept in a fair number', () => {
    const sample = sampleTaggedUses(['a%1:00:00::', 'b%1:00:00::'], 3);
    for (let i = 0; i < 10; i++) {
      const token = { text: 'a', lemma: 'a', pos: 'NOUN', keys: ['a%1:00:00::'] };
      sample.add({ id: `s${i}`, doc: 'd', tokens: [{ text: 'The', lemma: 'the', pos: 'X' }, token] });
    }
    const { total, uses } = sample.of('a%1:00:00::');
    assert.equal(total, 10);
    assert.equal(new Set(uses.map(({ sentence }) => sentence.id)).size, 3);
    assert.ok(uses.every(({ token }) => token === 1));
    assert.deepEqual(sample.of('b%1:00:00::'), { total: 0, uses: [] });
  });
});
