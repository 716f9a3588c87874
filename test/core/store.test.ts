import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAnnotationStore, type DocumentAnnotations } from '../../src/core/annotations/store';
import { doubtOf } from '../../src/core/annotations/doubt';
import { NO_PARTS, type PackedAnnotation, type PackedReading } from '../../src/core/annotations/packed';
import type { TextChange } from '../../src/core/edits';
import { CANDIDATE_FIELDS, WORD_FIELDS } from '../../src/core/annotations/packed';
import { DocumentModel, type ModelReading } from '../support/documentModel';

/** A reading as it arrives; a word's sense is its number, and with it goes whether it is polysemous and in doubt. */
function packed({ start, cells, words }: ModelReading): PackedReading {
  return {
    start,
    end: start + cells.length,
    words: Int32Array.from(
      words.flatMap(({ start: from, end, label }, i) => [
        ...[from - start, end - start, 2 * i, 2, -1, label % 2],
        label % 3 === 0 ? 1 : 0,
      ]),
    ),
    parts: NO_PARTS,
    candidates: Float32Array.from(
      words.flatMap(({ label }) => [
        ...[label, 0.75, 0.75, label % 3 === 0 ? 0.25 : 0.75, 1, 5],
        ...[label, 0.5, 0.5, 0.25, 1, 5],
      ]),
    ),
  };
}

const isPolysemous = (label: number): boolean => label % 2 === 1;
const isUnsure = (label: number): boolean => isPolysemous(label) && label % 3 === 0;

/** The words of a simulated text: runs of letters. */
function wordsOf(text: string): { start: number; end: number }[] {
  return [...text.matchAll(/[a-z]+/g)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }));
}

type Step =
  | {
      readonly kind: 'edit';
      readonly places: readonly (readonly [number, number])[];
      readonly texts: readonly string[];
    }
  | { readonly kind: 'undo' }
  | { readonly kind: 'replace all'; readonly letter: string; readonly text: string }
  | { readonly kind: 'read'; readonly from: number; readonly to: number; readonly isAll: boolean }
  | { readonly kind: 'deliver' };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const piece = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '.'), maxLength: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      places: fc.array(fc.tuple(share, fc.oneof(fc.constant(0), fc.nat(4))), { minLength: 1, maxLength: 3 }),
      texts: fc.array(piece, { minLength: 3, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('replace all' as const),
      letter: fc.constantFrom('a', ' '),
      text: piece,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('read' as const), from: share, to: share, isAll: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deliver' as const) }) },
);

/** Changes that do not overlap, at random places; two may touch, or stand at one offset. */
function changesAt(length: number, { places, texts }: Extract<Step, { kind: 'edit' }>): TextChange[] {
  const changes: TextChange[] = [];
  places.forEach(([place, count], i) => {
    const start = Math.floor(place * (length + 1 - Number.EPSILON * length));
    const change = { start: Math.min(start, length), end: Math.min(length, start + count), text: texts[i]! };
    const overlaps = changes.some((other) => change.start < other.end && other.start < change.end);
    const isInside = changes.some(
      (other) =>
        (other.start < change.start && change.end < other.end) ||
        (change.start < other.start && other.end < change.end) ||
        // An insertion goes before what is replaced at its offset; after it, two orders would be possible.
        (other.start === change.start && other.end > other.start === change.end > change.start),
    );
    if (!overlaps && !isInside) changes.push(change);
  });
  return changes;
}

const plain = ({ start, end, sense }: PackedAnnotation): unknown => ({ start, end, label: sense });

function compare(annotations: DocumentAnnotations, model: DocumentModel, at: number): void {
  const { text } = model;
  const words = model.words();
  for (const word of words) assert.equal(text.slice(word.start, word.end), word.text);
  const expected = words.map(({ start, end, label }) => ({ start, end, label }));
  assert.equal(annotations.version, model.version);
  assert.deepEqual(annotations.between(0, text.length).map(plain), expected);
  assert.deepEqual(annotations.totals, {
    words: words.length,
    polysemous: words.filter(({ label }) => isPolysemous(label)).length,
    unsure: words.filter(({ label }) => isUnsure(label)).length,
  });
  const to = at + 7;
  assert.deepEqual(
    annotations.between(at, to).map(plain),
    expected.filter(({ start, end }) => start < to && end > at),
  );
  for (let offset = 0; offset <= text.length; offset++) {
    const word =
      expected.find(({ start, end }) => start <= offset && offset < end) ??
      expected.find(({ end }) => end === offset);
    const found = annotations.at(offset);
    assert.deepEqual(found && plain(found), word, `at ${offset}`);
    assert.equal(annotations.isRead(offset, offset + 1), model.isRead(offset, offset + 1), `read ${offset}`);
  }
  assert.equal(annotations.isRead(at, to), model.isRead(at, to));
}

describe('the annotation store', () => {
  it('agrees with a naive model after any edits, and any readings of older versions', () => {
    fc.assert(
      fc.property(piece, piece, fc.array(step, { maxLength: 25 }), share, (first, second, steps, place) => {
        const model = new DocumentModel(`abc ${first}.${second} cab a b`);
        const store = createAnnotationStore();
        store.open('key', model.version);
        const undos: (readonly TextChange[])[] = [];
        const sent: ModelReading[] = [];
        let label = 0;
        const edit = (changes: readonly TextChange[]): void => {
          const done = model.edit(changes);
          store.edit('key', done.edit);
          undos.push(done.undo);
        };
        for (const one of steps) {
          const { text } = model;
          switch (one.kind) {
            case 'edit':
              edit(changesAt(text.length, one));
              break;
            case 'undo': {
              const changes = undos.pop();
              if (changes) edit(changes);
              break;
            }
            case 'replace all':
              edit(
                [...text].flatMap((character, start) =>
                  character === one.letter ? [{ start, end: start + 1, text: one.text }] : [],
                ),
              );
              break;
            case 'read': {
              const ends = [one.from, one.to]
                .map((end) => Math.floor(end * text.length))
                .sort((a, b) => a - b);
              const [start, end] = one.isAll ? [0, text.length] : (ends as [number, number]);
              const words = wordsOf(text).filter((word) => word.start >= start && word.end <= end);
              sent.push(
                model.read(
                  start,
                  end,
                  words.map((word) => ({ ...word, label: ++label })),
                ),
              );
              break;
            }
            case 'deliver': {
              const reading = sent.shift();
              if (!reading) break;
              store.add('key', reading.version, [packed(reading)]);
              model.add(reading);
              break;
            }
          }
          compare(store.get('key')!, model, Math.floor(place * model.text.length));
        }
      }),
      { numRuns: 500 },
    );
  });

  const read = (text: string): ReturnType<typeof createAnnotationStore> => {
    const store = createAnnotationStore();
    store.open('key', 1);
    const model = new DocumentModel(text);
    const words = wordsOf(text).map((word, i) => ({ ...word, label: i + 1 }));
    store.add('key', 1, [packed(model.read(0, text.length, words))]);
    return store;
  };
  const labels = (store: ReturnType<typeof createAnnotationStore>): number[] =>
    store
      .get('key')!
      .between(0, 1e9)
      .map(({ sense }) => sense);

  it('drops a word that is typed on to, before or after, and keeps its neighbours', () => {
    for (const [at, left] of [
      [4, [1, 3]],
      [5, [1, 3]],
      [6, [1, 3]],
      [7, [1, 3]],
    ] as const) {
      const store = read('one two six');
      store.edit('key', { version: 2, changes: [{ start: at, end: at, text: 'x' }] });
      assert.deepEqual(labels(store), left, `at ${at}`);
    }
  });

  it('drops two words that a deletion joins, and what is between is not read', () => {
    const store = read('one two six');
    store.edit('key', { version: 2, changes: [{ start: 3, end: 4, text: '' }] });
    assert.deepEqual(labels(store), [3]);
    assert.equal(store.get('key')!.isRead(0, 6), false);
    assert.equal(store.get('key')!.isRead(7, 10), true);
  });

  it('counts deleted text as changed, though nothing is in its place', () => {
    const store = read('. . . . .');
    store.edit('key', { version: 2, changes: [{ start: 3, end: 5, text: '' }] });
    assert.equal(store.get('key')!.isRead(0, 7), false);
    assert.equal(store.get('key')!.isRead(0, 2), true);
    assert.equal(store.get('key')!.isRead(4, 7), true);
  });

  it('moves an insertion and a replacement at one offset as an editor does, in any order', () => {
    const changes = [
      { start: 4, end: 8, text: '' },
      { start: 4, end: 4, text: 'xyz ' },
    ];
    for (const ordered of [changes, changes.toReversed()]) {
      const store = read('one two six ten');
      store.edit('key', { version: 2, changes: ordered });
      // one xyz six ten
      assert.deepEqual(store.get('key')!.between(0, 99).map(plain), [
        { start: 0, end: 3, label: 1 },
        { start: 12, end: 15, label: 4 },
      ]);
    }
  });

  it('fires for changes to documents it has, and for no others', () => {
    const store = createAnnotationStore();
    const heard: string[] = [];
    const listening = store.onDidChange((key) => heard.push(key));
    store.edit('a', { version: 2, changes: [] });
    store.add('a', 1, []);
    store.close('a');
    assert.deepEqual(heard, []);
    store.open('a', 1);
    store.edit('a', { version: 2, changes: [] });
    store.add('a', 2, []);
    store.close('a');
    assert.deepEqual(heard, ['a', 'a', 'a', 'a']);
    assert.equal(store.get('a'), undefined);
    listening.dispose();
    store.open('a', 1);
    assert.equal(heard.length, 4);
  });

  it('has columns as wide as these tests say', () => {
    assert.deepEqual([WORD_FIELDS, CANDIDATE_FIELDS], [7, 6]);
  });
});

describe('the doubt about a sense', () => {
  const bounds = { unsureBelow: 0.5, farCosine: 0.25 };

  it('is none at the bound, between two senses below it, and far from all at a low cosine', () => {
    assert.equal(doubtOf({ cosine: 0.75, probability: 0.5 }, bounds), undefined);
    assert.equal(doubtOf({ cosine: 0.25, probability: 0.49 }, bounds), 'between two senses');
    assert.equal(doubtOf({ cosine: 0.125, probability: 0.25 }, bounds), 'far from all senses');
    assert.equal(doubtOf({ cosine: 0.125, probability: 0.75 }, bounds), undefined);
  });
});
