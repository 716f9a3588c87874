import assert from 'node:assert/strict';
import { createAnnotationStore } from '../../src/core/annotations/store';
import { NO_PARTS, type PackedReading, unpackAnnotation } from '../../src/core/annotations/packed';
import { packedUse } from '../../src/core/annotations/use';
import { wordnet } from '../support/artifacts';

const inventory = wordnet();
const [first, second, third] = inventory.senses('bank', 'noun') as [number, number, number];
/** "The bank, the bank": both read as the first sense, the second of them in doubt. */
const TEXT = 'The bank, the bank';
const reading: PackedReading = {
  start: 0,
  end: TEXT.length,
  words: Int32Array.from([4, 8, 0, 2, -1, 1, 0, 14, 18, 2, 2, -1, 1, 1]),
  parts: NO_PARTS,
  candidates: Float32Array.from([
    ...[first, 0.75, 0.75, 0.75, 4, 5],
    ...[second, 0.5, 0.5, 0.25, 4, 5],
    ...[first, 0.5, 0.5, 0.5, 4, 5],
    ...[second, 0.375, 0.375, 0.5, 4, 5],
  ]),
};

describe('a store with chosen senses', () => {
  const opened = (): ReturnType<typeof createAnnotationStore> => {
    const store = createAnnotationStore();
    store.open('a', 1);
    store.add('a', 1, [reading]);
    return store;
  };
  const sensesIn = (store: ReturnType<typeof opened>): readonly (readonly [number, number, string])[] =>
    store
      .get('a')!
      .between(0, 100)
      .map(({ start, sense, evidence }) => [start, sense, evidence]);

  it('gives them in the place of the predicted ones, which come back', () => {
    const store = opened();
    assert.deepEqual(store.get('a')!.totals, { words: 2, polysemous: 2, unsure: 1 });
    store.correct('a', 1, [{ start: 14, end: 18, sense: second }]);
    assert.deepEqual(sensesIn(store), [
      [4, first, 'trained'],
      [14, second, 'chosen'],
    ]);
    assert.equal(store.get('a')!.totals.unsure, 0);
    const packed = store.get('a')!.at(15)!;
    const { sense, candidates, evidence } = unpackAnnotation(packed, 'bank', inventory);
    assert.equal(sense, second);
    assert.deepEqual(evidence, { kind: 'chosen' });
    assert.deepEqual(
      candidates.map((one) => one.sense),
      [second, first],
    );
    assert.equal(candidates[0]!.cosine, 0.375);
    store.correct('a', 1, []);
    assert.deepEqual(sensesIn(store), [
      [4, first, 'trained'],
      [14, first, 'trained'],
    ]);
  });

  it('gives a sense that was not compared, and a word that was read as a part of another', () => {
    const store = opened();
    store.correct('a', 1, [
      { start: 4, end: 8, sense: third },
      { start: 10, end: 18, sense: second },
    ]);
    assert.deepEqual(sensesIn(store), [
      [4, third, 'chosen'],
      [10, second, 'chosen'],
    ]);
    assert.equal(store.get('a')!.at(5)!.candidateCount, 3);
    assert.equal(store.get('a')!.at(12)!.candidateCount, 1);
  });

  it('gives uses the senses that annotations have', () => {
    const store = opened();
    for (const [sense, uses, others] of [
      [first, 5, [second]],
      [second, 5, [first]],
      [third, 0, [first, second]],
    ] as const) {
      store.correct('a', 1, [{ start: 14, end: 18, sense }]);
      const { candidates, ...use } = packedUse(store.get('a')!.at(14)!);
      assert.deepEqual(use, { start: 14, end: 18, sense, isChosen: true, isDoubtful: false });
      assert.deepEqual(candidates[0], { sense, probability: 1, uses });
      assert.deepEqual(
        candidates.slice(1).map((other) => other.sense),
        others,
      );
    }
  });

  it('moves them with the text, whether the edit or their new places come first', () => {
    const chosen = (by: number): { start: number; end: number; sense: number } => ({
      start: 14 + by,
      end: 18 + by,
      sense: second,
    });
    const edit = { version: 2, changes: [{ start: 0, end: 3, text: 'Then the' }] };
    for (const order of ['edit first', 'places first', 'edit alone']) {
      const store = opened();
      store.correct('a', 1, [chosen(0)]);
      if (order === 'places first') store.correct('a', 2, [chosen(5)]);
      store.edit('a', edit);
      if (order === 'edit first') store.correct('a', 2, [chosen(5)]);
      assert.equal(store.get('a')!.at(20)!.evidence, 'chosen', order);
      assert.equal(store.get('a')!.at(20)!.start, 19, order);
    }
    const store = opened();
    store.correct('a', 1, [chosen(0)]);
    store.edit('a', { version: 2, changes: [{ start: 18, end: 18, text: 's' }] });
    assert.equal(store.get('a')!.at(15), undefined);
  });

  it('keeps them while the document is closed', () => {
    const store = opened();
    store.correct('a', 1, [{ start: 14, end: 18, sense: second }]);
    store.close('a');
    store.open('a', 1);
    assert.deepEqual(sensesIn(store), [[14, second, 'chosen']]);
  });

  it('moves them while the document is not read, and when it is read anew', () => {
    const store = opened();
    store.correct('a', 1, [{ start: 14, end: 18, sense: second }]);
    store.edit('a', { version: 2, changes: [{ start: 0, end: 0, text: 'So: ' }] });
    store.close('a');
    store.edit('a', { version: 3, changes: [{ start: 0, end: 0, text: 'And so. ' }] });
    assert.deepEqual(store.chosen('a'), [{ start: 26, end: 30, sense: second }]);
    store.open('a', 3);
    assert.deepEqual(sensesIn(store), [[26, second, 'chosen']]);
  });

  it('fires when other senses are chosen, and not when they move', () => {
    const store = opened();
    const heard: string[] = [];
    store.onDidChoose((key) => heard.push(key));
    const chosen = [{ start: 14, end: 18, sense: second }];
    store.correct('a', 1, chosen);
    store.edit('a', { version: 2, changes: [{ start: 0, end: 0, text: '12' }] });
    store.correct('a', 2, [{ start: 16, end: 20, sense: second }]);
    assert.deepEqual(heard, ['a']);
    store.correct('a', 2, [{ start: 16, end: 20, sense: third }]);
    store.correct('a', 2, []);
    store.correct('a', 2, []);
    assert.deepEqual(heard, ['a', 'a', 'a']);
  });
});
